package partita.models.op;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Arrays in memory of the engine's own. One made of Java's numbers lies in memory that Java gives
 * back as soon as the array is closed, while an operation recorded for gradients may still be going
 * to read it: gradients would then be those of whatever lies there by then. What a network computes
 * with is made here.
 */
public final class OwnMemory {
  private OwnMemory() {}

  /** A float32 array of the values, which belongs to the manager. */
  public static NDArray of(NDManager manager, float[] values, Shape shape) {
    try (NDArray given = manager.create(values, shape)) {
      return given.duplicate();
    }
  }

  /** A float64 array of the values, which belongs to the manager. */
  public static NDArray of(NDManager manager, double[] values, Shape shape) {
    try (NDArray given = manager.create(values, shape)) {
      return given.duplicate();
    }
  }
}
