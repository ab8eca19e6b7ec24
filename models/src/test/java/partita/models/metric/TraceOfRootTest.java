package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;

class TraceOfRootTest {
  private static final int WIDE = 100;
  private static final int NARROW = 20;

  @Test
  void theTraceOfFullRankCovariancesEqualsScipys() throws IOException {
    assertTrace("full", covariance("real", 36, NARROW), covariance("generated", 31, NARROW), 1e-9);
  }

  /** A Cholesky factor exists of one of the two only. */
  @Test
  void eitherCovarianceMayBeRankDeficient() throws IOException {
    assertTrace(
        "first.deficient",
        covariance("real", 12, NARROW),
        covariance("generated", 31, NARROW),
        1e-6);
    assertTrace(
        "second.deficient",
        covariance("real", 36, NARROW),
        covariance("generated", 12, NARROW),
        1e-6);
  }

  @Test
  void bothCovariancesMayBeRankDeficient() throws IOException {
    assertTrace(
        "both.deficient", covariance("real", 36, WIDE), covariance("generated", 31, WIDE), 1e-6);
  }

  /**
   * Against the singular values, which are exact at any rank, nine digits are asked for: of the
   * sixteen of float64 four go to the sum over rows, the eigenvalues' spread and the zeros. Scipy's
   * root of a singular matrix has half of the digits itself.
   */
  private static void assertTrace(String name, double[] c1, double[] c2, double scipyTolerance)
      throws IOException {
    int width = (int) Math.sqrt(c1.length);
    double found = trace(c1, c2, width);
    double exact = expected(name + ".svd");
    assertEquals(exact, found, 1e-9 * exact, name);
    assertEquals(expected(name + ".sqrtm"), found, scipyTolerance * exact, name);
  }

  @Test
  void ofACovarianceWithItselfItIsTheTrace() throws IOException {
    for (int rows : new int[] {12, 36}) {
      double[] covariance = covariance("real", rows, NARROW);
      double trace = IntStream.range(0, NARROW).mapToDouble(i -> covariance[i * 21]).sum();
      assertEquals(trace, trace(covariance, covariance, NARROW), 1e-12 * trace);
    }
  }

  /** 300 dimensions are two strips; products with the identity and with itself are known. */
  @Test
  void stripsDoNotShowInTheTrace() {
    int width = 300;
    double[] diagonal = IntStream.rangeClosed(1, width).mapToDouble(i -> i).toArray();
    double[] rotated = reflected(diagonal);
    double[] identity = new double[width * width];
    double expected = 0;
    double trace = IntStream.rangeClosed(1, width).sum();
    for (int i = 0; i < width; i++) {
      identity[i * width + i] = 4;
      expected += 2 * Math.sqrt(i + 1);
    }
    assertEquals(expected, trace(rotated, identity, width), 1e-9 * expected);
    assertEquals(expected, trace(identity, rotated, width), 1e-9 * expected);
    assertEquals(trace, trace(rotated, rotated, width), 1e-9 * trace);
  }

  @Test
  void ofDiagonalMatricesItIsTheSumOfGeometricMeans() {
    double[] a = {4, 0, 0, 0, 9, 0, 0, 0, 0};
    double[] b = {1, 0, 0, 0, 16, 0, 0, 0, 25};
    assertEquals(2 + 12, trace(a, b, 3), 1e-11);
    assertEquals(2 + 12, trace(b, a, 3), 1e-11);
    assertEquals(0, trace(new double[9], b, 3), 0);
  }

  /** A set may have collapsed to directions in which the other hardly varies, or does not. */
  @Test
  void zerosAndDirectionsThatHardlyMeetDoNotAddUp() {
    int width = 64;
    double[] steep = new double[width];
    double[] few = new double[width];
    double[] rest = new double[width];
    for (int i = 0; i < width; i++) {
      steep[i] = i < 32 ? 1 : 1e-10;
      few[i] = i < 48 ? 0 : 1;
      rest[i] = i < 48 ? 1 : 0;
    }
    double[] hardly = reflected(steep);
    double[] collapsed = reflected(few);
    assertEquals(16 * 1e-5, trace(hardly, collapsed, width), 1e-9);
    assertEquals(16 * 1e-5, trace(collapsed, hardly, width), 1e-9);
    assertEquals(0, trace(reflected(rest), collapsed, width), 1e-6);
    assertEquals(0, trace(collapsed, reflected(rest), width), 1e-6);
  }

  @Test
  void theScaleOfTheFeaturesDoesNotShow() throws IOException {
    double[] first = covariance("real", 36, NARROW);
    double[] second = covariance("generated", 31, NARROW);
    double expected = trace(first, second, NARROW);
    for (double scale : new double[] {1e-60, 1e-12, 1e60}) {
      double[] one = Arrays.stream(first).map(value -> value * scale).toArray();
      double[] other = Arrays.stream(second).map(value -> value * scale).toArray();
      assertEquals(expected * scale, trace(one, other, NARROW), 1e-9 * expected * scale);
    }
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    double[] identity = {1, 0, 0, 1};
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e308}) {
      double[] bad = {value, 0, 0, value};
      double[] large = {1e10, 0, 0, 1e10};
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> trace(large, bad, 2))
              .getMessage()
              .contains("expected a finite number"));
      assertThrows(IllegalArgumentException.class, () -> trace(bad, large, 2));
    }
    assertEquals(2, trace(identity, identity, 2), 1e-11);
  }

  /** The reflection {@code I - 2 v v'} of a diagonal, {@code v = (1 .. 1) / sqrt(n)}. */
  private static double[] reflected(double[] diagonal) {
    int width = diagonal.length;
    double mean = Arrays.stream(diagonal).sum() / width;
    double[] matrix = new double[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        double both = 2 * (diagonal[i] + diagonal[j]) / width - 4 * mean / width;
        matrix[i * width + j] = (i == j ? diagonal[i] : 0) - both;
      }
    }
    return matrix;
  }

  private static double trace(double[] c1, double[] c2, int width) {
    Shape shape = new Shape(width, width);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      return TraceOfRoot.of(manager.create(c1).reshape(shape), manager.create(c2).reshape(shape));
    }
  }

  private static double[] covariance(String name, int rows, int columns) throws IOException {
    float[] values = Golden.floats("metric/" + name + ".bin");
    float[] taken = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * WIDE, taken, i * columns, columns);
    }
    return FrechetDistanceTest.covariance(Moments.of(new ArrayRows(taken, columns)));
  }

  private static double expected(String name) throws IOException {
    try (InputStream in = TraceOfRootTest.class.getResourceAsStream("trace.txt")) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
          .findAny()
          .orElseThrow();
    }
  }
}
