package partita.models.op;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Intra-op threads of the native engine. The number changes the last bits of sums, so it is set
 * explicitly before any arithmetic. OpenMP keeps it for each calling thread while libtorch keeps a
 * default for the process: set it on the very thread that computes, and never while another thread
 * computes with a different number.
 */
public final class NativeThreads {

  private NativeThreads() {}

  /**
   * Sets the number for this thread and as the process's default, loading the engine if need be.
   */
  public static void set(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "Cannot compute with " + threads + " native threads: expected at least 1");
    }
    Engine.getEngine("PyTorch"); // loads the native library
    JniUtils.setNumThreads(threads);
  }

  /** The number in force on this thread. */
  public static int get() {
    Engine.getEngine("PyTorch");
    return JniUtils.getNumThreads();
  }
}
