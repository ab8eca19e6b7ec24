package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  /** The statistic gives known values, whatever is drawn. */
  @Test
  void theIntervalIsThatOfNumpysPercentiles() {
    AtomicInteger next = new AtomicInteger();
    Bootstrap found = Bootstrap.of(5, 41, .95, 1, rows -> Math.sin(next.getAndIncrement()));
    Figures.assertFigure("bootstrap.low", found.low());
    Figures.assertFigure("bootstrap.high", found.high());
  }

  /** The mean of 100 numbers spread evenly over [0, 1] has a standard error of .0292. */
  @Test
  void theIntervalOfAMeanHasItsStandardError() {
    Bootstrap found =
        Bootstrap.of(100, 5000, .95, 3, rows -> Arrays.stream(rows).average().orElseThrow() / 99);
    assertEquals(.5 - 1.96 * .0292, found.low(), .005);
    assertEquals(.5 + 1.96 * .0292, found.high(), .005);
  }

  @Test
  void drawsFollowFromTheSeed() {
    assertEquals(firstRow(7), firstRow(7));
    assertNotEquals(firstRow(7), firstRow(8));
  }

  private static Bootstrap firstRow(long seed) {
    return Bootstrap.of(1000, 20, .9, seed, rows -> rows[0]);
  }

  @Test
  void repetitionsHaveAMeanAndASampleDeviation() {
    double[] values = new double[41];
    Arrays.setAll(values, Math::sin);
    Repetitions found = Repetitions.of(values);
    Figures.assertFigure("repetitions.mean", found.mean());
    Figures.assertFigure("repetitions.std", found.std());
    assertTrue(Double.isNaN(Repetitions.of(4).std()));
  }

  @Test
  void badInputIsRefused() {
    assertEquals(
        "Cannot draw 20 times from 1 rows for level 0.9: expected at least 2 of both and a level"
            + " between 0 and 1",
        Figures.refusal(() -> Bootstrap.of(1, 20, .9, 1, rows -> 0)));
    Figures.refusal(() -> Bootstrap.of(9, 20, Double.NaN, 1, rows -> 0));
    assertEquals(
        "Cannot bound a statistic: draw 0 gives NaN, expected finite numbers",
        Figures.refusal(() -> Bootstrap.of(9, 20, .9, 1, rows -> Double.NaN)));
    assertEquals(
        "Cannot take a mean: repetition 1 is NaN, expected finite numbers",
        Figures.refusal(() -> Repetitions.of(1, Double.NaN)));
    Figures.refusal(() -> Repetitions.of());
  }
}
