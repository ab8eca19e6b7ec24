package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;
import partita.models.synthetic.GaussianMixture;
import partita.models.synthetic.GaussianMixture.Mean;

class ModeCoverageTest {

  @ParameterizedTest
  @ValueSource(strings = {"grid", "grid-collapsed", "ring-paper", "ring-code"})
  void figuresEqualTheReferenceFunction(String name) throws IOException {
    double[] expected = figures(name);
    RowSource points = new ArrayRows(Golden.floats("metric/modes/" + name + ".bin"), 2);
    ModeCoverage found = ModeCoverage.of(points, mixture(name));
    assertEquals(100 * expected[0], found.highQualityBox(), 1e-10);
    assertEquals(expected[1], found.modes());
    assertEquals(expected[2], found.nearest().reverseKl(), 1e-12);
    assertEquals(100 * expected[3], found.highQualityRadius(), 1e-10);
    assertEquals(expected[2] / Math.log(10), found.nearest().reverseKlLog10(), 1e-12);
  }

  /** sigma 1 and integers, so that the edges are exact. */
  @Test
  void theBoxIsOpenAndItsCornerLiesOutsideTheRadius() {
    GaussianMixture one = new GaussianMixture(List.of(new Mean(0, 0), new Mean(100, 0)), 1);
    ModeCoverage edge = ModeCoverage.of(points(3, 0), one);
    assertEquals(0, edge.highQualityBox());
    assertEquals(100, edge.highQualityRadius());
    assertEquals(0, edge.modes());
    assertEquals(1, edge.nearest().covered());
    ModeCoverage corner = ModeCoverage.of(points(2.9f, -2.9f), one);
    assertEquals(100, corner.highQualityBox());
    assertEquals(0, corner.highQualityRadius());
    assertEquals(1, corner.modes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid", "ring-paper", "ring-code"})
  void realPointsReachTheCeiling(String name) {
    ModeCoverage real = ModeCoverage.of(real(mixture(name), 0, 50_000), mixture(name));
    assertEquals(99.46, real.highQualityBox(), 0.1);
    assertEquals(98.89, real.highQualityRadius(), 0.15);
    assertEquals(mixture(name).means().size(), real.modes());
  }

  /** Table 1's .0014 of the ring is what a perfect generator scores on 2,500 points. */
  @ParameterizedTest
  @CsvSource({"ring-paper, 0.0014", "grid, 0.0048"})
  void reverseKlOfRealPointsIsTheBiasOfTheCount(String name, double bias) {
    double sum = 0;
    for (int i = 0; i < 20; i++) {
      sum += ModeCoverage.of(real(mixture(name), i, 2_500), mixture(name)).nearest().reverseKl();
    }
    assertEquals(bias, sum / 20, 0.15 * bias);
  }

  @Test
  void badPointsAreRefused() {
    GaussianMixture grid = GaussianMixture.grid();
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ModeCoverage.of(points(0, 0, 1, Float.NaN), grid));
    assertEquals(
        "Cannot score point 1: found (1.0, NaN), expected finite numbers; the generator diverged, see the losses of its training",
        error.getMessage());
    error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ModeCoverage.of(new ArrayRows(new float[3], 3), grid));
    assertEquals(
        "Cannot score points of a plane: found rows of 3 numbers, expected 2", error.getMessage());
    error = assertThrows(IllegalArgumentException.class, () -> ModeCoverage.of(points(), grid));
    assertTrue(error.getMessage().contains("no samples"), error.getMessage());
  }

  private static RowSource points(float... values) {
    return new ArrayRows(values, 2);
  }

  private static RowSource real(GaussianMixture mixture, long seed, int count) {
    float[] values = new float[2 * count];
    for (int i = 0; i < count; i++) {
      GaussianMixture.Point point = mixture.point(seed, i);
      values[2 * i] = point.x();
      values[2 * i + 1] = point.y();
    }
    return points(values);
  }

  private static GaussianMixture mixture(String name) {
    return switch (name) {
      case "ring-paper" -> GaussianMixture.ring(1);
      case "ring-code" -> GaussianMixture.ring(2);
      default -> GaussianMixture.grid();
    };
  }

  private static double[] figures(String name) throws IOException {
    try (InputStream in = ModeCoverageTest.class.getResourceAsStream("modes/figures.txt")) {
      String line =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(one -> one.startsWith(name + " "))
              .findFirst()
              .orElseThrow();
      return List.of(line.split(" ")).stream().skip(1).mapToDouble(Double::parseDouble).toArray();
    }
  }
}
