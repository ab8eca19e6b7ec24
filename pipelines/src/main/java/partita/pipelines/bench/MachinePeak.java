package partita.pipelines.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.concurrent.Callable;
import partita.models.op.NativeThreads;

/**
 * What this machine can do at most, measured in the run that is judged by it.
 *
 * @param singleFlops float32 operations a second of a large matrix product
 * @param doubleFlops the same in float64
 * @param bytes bytes a second of copying arrays far larger than the caches, read and written
 */
public record MachinePeak(double singleFlops, double doubleFlops, double bytes) {
  /** Name of the work order. */
  static final String NAME = "peak";

  private static final int SIDE = 1024;
  private static final int COPIED_FLOATS = 1 << 25;
  private static final int TRIALS = 5;

  static MachinePeak of(Measurement measured) {
    return new MachinePeak(
        measured.value("singles"), measured.value("doubles"), measured.value("bytes"));
  }

  /** Measures with the best of several trials; everything else that runs only makes it smaller. */
  static Measurement measure(WorkOrder order) throws Exception {
    NativeThreads.set(order.threads());
    Stopwatch watch = new Stopwatch();
    Map<String, Double> values =
        watch.time(
            () ->
                Map.of(
                    "singles", product(DataType.FLOAT32),
                    "doubles", product(DataType.FLOAT64),
                    "bytes", copy()));
    return watch.median(values);
  }

  private static double product(DataType type) throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray matrix = manager.ones(new Shape(SIDE, SIDE), type);
      double seconds =
          best(
              () -> {
                matrix.matMul(matrix).close();
                return true;
              });
      return 2.0 * SIDE * SIDE * SIDE / seconds;
    }
  }

  private static double copy() throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray from = manager.ones(new Shape(COPIED_FLOATS));
      NDArray to = manager.zeros(new Shape(COPIED_FLOATS));
      double seconds =
          best(
              () -> {
                from.copyTo(to);
                return true;
              });
      return 2.0 * Float.BYTES * COPIED_FLOATS / seconds;
    }
  }

  private static double best(Callable<Boolean> work) throws Exception {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TRIALS; i++) {
      long start = System.nanoTime();
      work.call();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }
}
