package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import partita.models.op.NativeThreads;
import partita.models.op.Workers;

class BlockTridiagonalTest {
  private static final double[] SHIFTS = {1e-3, 0.3, 7, 1e4};

  @AfterEach
  void giveOneThread() {
    NativeThreads.set(1);
  }

  /** One block, just more than one, several, and up to three strips. */
  @Test
  void theTracesOfInversesStayThoseOfTheMatrix() {
    for (int width : new int[] {1, 32, 33, 150, 300, 600}) {
      double[] found = traces(width);
      for (int i = 0; i < SHIFTS.length; i++) {
        double shift = SHIFTS[i];
        double expected =
            IntStream.rangeClosed(1, width).mapToDouble(value -> 1 / (value + shift)).sum();
        int padding = (width + 31) / 32 * 32 - width;
        assertEquals(
            expected, found[i] - padding / shift, 1e-8 * expected, width + " columns, " + shift);
      }
    }
  }

  @Test
  void threadsDoNotShowInTheBits() {
    NativeThreads.set(1);
    double[] one = traces(300);
    NativeThreads.set(2);
    assertArrayEquals(one, traces(300));
  }

  private static double[] traces(int width) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Workers workers = Workers.start()) {
      return BlockTridiagonal.of(workers, rotated(manager, width)).tracesOfInverse(workers, SHIFTS);
    }
  }

  /** The reflection {@code I - 2 u u'} of the diagonal 1 .. n, where u is (1 .. n) at length 1. */
  private static NDArray rotated(NDManager manager, int width) {
    NDArray matrix = BlockTridiagonal.zeros(manager, width);
    double[] u = new double[width];
    double squares = IntStream.rangeClosed(1, width).mapToDouble(i -> (double) i * i).sum();
    double inner = 0;
    for (int i = 0; i < width; i++) {
      u[i] = (i + 1) / Math.sqrt(squares);
      inner += u[i] * u[i] * (i + 1);
    }
    double[] values = new double[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        double both = 2 * u[i] * u[j] * (i + 1 + j + 1 - 2 * inner);
        values[i * width + j] = (i == j ? i + 1 : 0) - both;
      }
    }
    NDIndex used = new NDIndex(":%d,:%d".formatted(width, width));
    matrix.set(used, manager.create(values).reshape(width, width));
    return matrix;
  }
}
