package partita.pipelines.bench;

import java.util.Locale;

/**
 * What a benchmark is to reach.
 *
 * @param limit the most (a ratio of times, seconds) or the least (a rate)
 * @param unit {@code x} for a ratio to the peer's time, {@code s} for seconds, else the unit of the
 *     rate, {@code images/s}
 */
record Target(double limit, String unit) {
  private static final String RATIO = "x";
  private static final String SECONDS = "s";

  /** Ours takes at most {@code limit} of the peer's time. */
  static Target ratio(double limit) {
    return new Target(limit, RATIO);
  }

  /** Ours takes at most {@code limit} seconds. */
  static Target seconds(double limit) {
    return new Target(limit, SECONDS);
  }

  /** Ours does at least {@code limit} a second. */
  static Target rate(double limit, String unit) {
    return new Target(limit, unit);
  }

  /** Whether figures in this unit are ratios to the peer's time. */
  static boolean isRatio(String unit) {
    return unit.equals(RATIO);
  }

  /** Whether a figure in this unit is better when it is lower. */
  private static boolean isTime(String unit) {
    return isRatio(unit) || unit.equals(SECONDS);
  }

  boolean met(double value) {
    return isTime(unit) ? value <= limit : value >= limit;
  }

  /** {@code <= 0.70x}, {@code <= 2.00 s}, {@code >= 5,000 images/s}. */
  String text() {
    return (isTime(unit) ? "<= " : ">= ") + text(limit, unit);
  }

  /** A figure with its unit: {@code 0.70x}, {@code 2.00 s}, {@code 5,000 images/s}. */
  static String text(double value, String unit) {
    return switch (unit) {
      case RATIO -> String.format(Locale.ROOT, "%.2fx", value);
      case SECONDS -> String.format(Locale.ROOT, "%.2f s", value);
      default -> String.format(Locale.ROOT, "%,.0f %s", value, unit);
    };
  }
}
