package partita.models.metric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import partita.models.random.CounterRandom;

/**
 * Percentile interval of a statistic over rows drawn again with replacement (Efron and Tibshirani,
 * "An introduction to the bootstrap", 1993, section 13.3). Percentiles are interpolated linearly,
 * NumPy's default. It says how the figure varies with the rows of one set of samples, not with the
 * training run; and a figure that is biased for few rows (the Frechet distance is) is biased more
 * for drawn rows, which are fewer distinct ones: the interval may then lie beside the figure.
 *
 * @param low lower end
 * @param high upper end
 */
public record Bootstrap(double low, double high) {

  /**
   * The interval of a statistic.
   *
   * @param rows rows to draw from, and rows of a draw; at least 2
   * @param resamples draws, at least 2
   * @param level share of the draws within the interval, {@code .95}
   * @param seed of the draws
   * @param statistic of the rows of a draw, indices in {@code [0, rows)}; finite
   * @throws IllegalArgumentException when a parameter is outside or a statistic is not finite
   */
  public static Bootstrap of(
      int rows, int resamples, double level, long seed, ToDoubleFunction<int[]> statistic) {
    if (rows < 2 || resamples < 2 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "Cannot draw %d times from %d rows for level %s: expected at least 2 of both and a level between 0 and 1"
              .formatted(resamples, rows, level));
    }
    CounterRandom random = new CounterRandom(seed, "metric.bootstrap");
    double[] values = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      values[i] = statistic.applyAsDouble(draw(random, rows, i));
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Cannot bound a statistic: draw %d gives %s, expected finite numbers"
                .formatted(i, values[i]));
      }
    }
    Arrays.sort(values);
    return new Bootstrap(percentile(values, (1 - level) / 2), percentile(values, (1 + level) / 2));
  }

  private static int[] draw(CounterRandom random, int rows, int step) {
    int[] drawn = new int[rows];
    for (int row = 0; row < rows; row++) {
      drawn[row] = random.below(rows, step, row, 0);
    }
    return drawn;
  }

  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
