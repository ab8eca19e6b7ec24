package partita.models.metric;

/**
 * A figure over repetitions that differ by their seed.
 *
 * @param mean over the repetitions
 * @param std sample standard deviation (n - 1) over them, NaN when there is one
 * @param count how many
 */
public record Repetitions(double mean, double std, int count) {

  /**
   * Mean and standard deviation.
   *
   * @param values the figure of each repetition
   * @throws IllegalArgumentException when there is none or one is not finite
   */
  public static Repetitions of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "Cannot take a mean of 0 repetitions: expected at least 1");
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Cannot take a mean: repetition %d is %s, expected finite numbers"
                .formatted(i, values[i]));
      }
      sum += values[i];
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double std = values.length == 1 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new Repetitions(mean, std, values.length);
  }
}
