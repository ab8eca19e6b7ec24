package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;

class FrechetDistanceTest {

  @Test
  void distanceEqualsThatOfScipysMatrixRoot() throws IOException {
    FrechetDistance found = between(Figures.real(), Figures.generated());
    double expected = Figures.expected("frechet");
    assertEquals(expected, found.value(), 1e-6 * expected);
    assertTrue(found.warning().isEmpty());
  }

  @Test
  void fewerRowsThanDimensionsGiveTheExactDistanceAndAWarning() throws IOException {
    FrechetDistance found = between(first(Figures.real(), 7), first(Figures.generated(), 9));
    double expected = Figures.expected("frechet.deficient");
    assertEquals(expected, found.value(), 1e-6 * expected);
    assertEquals(
        "7 rows are fewer than the 12 dimensions: the covariance is rank-deficient and the distance"
            + " biased upwards",
        found.warning().orElseThrow());
  }

  /** 36 and 30 rows of 100: both covariances have a large null space. */
  @Test
  void roundingInTheNullSpaceDoesNotAddUp() throws IOException {
    RowSource real = new ArrayRows(Golden.floats("metric/real.bin"), 100);
    float[] generated = Arrays.copyOf(Golden.floats("metric/generated.bin"), 3000);
    double expected = Figures.expected("frechet.wide");
    assertEquals(expected, between(real, new ArrayRows(generated, 100)).value(), 1e-6 * expected);
  }

  /** stylegan2-ada divides by n. */
  @Test
  void theCovarianceMayBeThatOfThePopulation() throws IOException {
    Moments real = Moments.of(Figures.real());
    Moments generated = Moments.of(Figures.generated());
    Figures.assertFigure(
        "frechet.population",
        FrechetDistance.between(real, generated, CovarianceEstimate.POPULATION).value());
  }

  /** torch-fidelity sums the roots of the eigenvalues of the product. */
  @Test
  void theDistanceIsTorchFidelitysToo() throws IOException {
    Figures.assertFigure(
        "frechet.eigenvalues", between(Figures.real(), Figures.generated()).value());
  }

  @Test
  void aSetIsAtDistanceZeroFromItself() throws IOException {
    assertEquals(0, between(Figures.real(), Figures.real()).value(), 1e-9);
    RowSource few = first(Figures.real(), 5);
    assertEquals(0, between(few, few).value(), 1e-6);
  }

  @Test
  void constantFeaturesDifferByTheirMeansAlone() {
    RowSource ones = new ArrayRows(new float[] {1, 1, 1, 1}, 2);
    RowSource fours = new ArrayRows(new float[] {4, 5, 4, 5}, 2);
    assertEquals(25, between(ones, fours).value(), 1e-12);
  }

  @Test
  void momentsOfBlocksMergeToThoseOfAllRows() {
    float[] values = new float[9000 * 3];
    new CounterRandom(2, "rows").normals(0, 0, values, 0, values.length);
    RowSource rows = new ArrayRows(values, 3);
    Moments moments = Moments.of(rows);
    assertEquals(9000, moments.count());
    double[] mean = new double[3];
    double[] covariance = new double[9];
    for (int i = 0; i < values.length; i++) {
      mean[i % 3] += values[i] / 9000.0;
    }
    for (int i = 0; i < values.length; i += 3) {
      for (int j = 0; j < 9; j++) {
        covariance[j] +=
            (values[i + j / 3] - mean[j / 3]) * (values[i + j % 3] - mean[j % 3]) / 8999;
      }
    }
    assertArrayEquals(mean, moments.mean(), 1e-12);
    assertArrayEquals(covariance, covariance(moments), 1e-12);
  }

  /** 600 dimensions are three strips of the scatter. */
  @Test
  void wideRowsHaveTheCovarianceOfTheirColumns() {
    int width = 600;
    float[] values = new float[30 * width];
    new CounterRandom(3, "wide").normals(0, 0, values, 0, values.length);
    double[] covariance = covariance(Moments.of(new ArrayRows(values, width)));
    for (int[] ij : new int[][] {{0, 0}, {0, 599}, {255, 256}, {300, 17}, {511, 512}, {599, 599}}) {
      double[] mean = new double[2];
      double sum = 0;
      for (int row = 0; row < 30; row++) {
        mean[0] += values[row * width + ij[0]] / 30.0;
        mean[1] += values[row * width + ij[1]] / 30.0;
      }
      for (int row = 0; row < 30; row++) {
        sum +=
            (values[row * width + ij[0]] - mean[0]) * (values[row * width + ij[1]] - mean[1]) / 29;
      }
      assertEquals(sum, covariance[ij[0] * width + ij[1]], 1e-12);
    }
  }

  @Test
  void featuresOfOtherDimensionsOrTooFewRowsAreRefused() throws IOException {
    Moments real = Moments.of(Figures.real());
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> FrechetDistance.between(real, Moments.of(Figures.logits())));
    assertEquals(
        "Cannot compare features: found 12 and 7 dimensions, expected equal; use one network for"
            + " both",
        error.getMessage());
    Moments one = Moments.of(first(Figures.real(), 1));
    error = assertThrows(IllegalArgumentException.class, () -> FrechetDistance.between(real, one));
    assertEquals(
        "Cannot estimate a covariance: found 1 rows, expected at least 2", error.getMessage());
    RowSource none = first(Figures.real(), 0);
    assertThrows(IllegalArgumentException.class, () -> Moments.of(none));
  }

  private static FrechetDistance between(RowSource a, RowSource b) {
    return FrechetDistance.between(Moments.of(a), Moments.of(b));
  }

  private static RowSource first(RowSource rows, int count) {
    return new SelectedRows(rows, IntStream.range(0, count).toArray());
  }

  static double[] covariance(Moments moments) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      return moments.covariance(manager, CovarianceEstimate.SAMPLE).toDoubleArray();
    }
  }
}
