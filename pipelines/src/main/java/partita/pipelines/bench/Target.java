package partita.pipelines.bench;

import java.util.Locale;

/**
 * What a benchmark is to reach.
 *
 * @param limit the most (a ratio of times) or the least (a rate)
 * @param unit {@code x} for a ratio to the peer's time, else the unit of the rate, {@code images/s}
 */
record Target(double limit, String unit) {
  private static final String RATIO = "x";

  /** Ours takes at most {@code limit} of the peer's time. */
  static Target ratio(double limit) {
    return new Target(limit, RATIO);
  }

  /** Ours does at least {@code limit} a second. */
  static Target rate(double limit, String unit) {
    return new Target(limit, unit);
  }

  boolean isRatio() {
    return unit.equals(RATIO);
  }

  boolean met(double value) {
    return isRatio() ? value <= limit : value >= limit;
  }

  /** {@code <= 0.70x}, {@code >= 5,000 images/s}. */
  String text() {
    return isRatio()
        ? String.format(Locale.ROOT, "<= %.2fx", limit)
        : String.format(Locale.ROOT, ">= %,.0f %s", limit, unit);
  }
}
