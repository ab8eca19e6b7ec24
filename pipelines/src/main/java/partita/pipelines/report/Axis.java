package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis from data to pixels, with ticks at multiples of 1, 2 or 5 times a power of ten.
 *
 * @param low smallest value shown
 * @param high largest value shown, greater than {@code low}
 * @param from pixel of {@code low}
 * @param to pixel of {@code high}
 * @param distance distance between ticks
 */
record Axis(double low, double high, double from, double to, double distance) {

  /** An axis that begins and ends at its data. */
  static Axis tight(double low, double high, double from, double to, int ticks) {
    double widened = high > low ? high : low + 1;
    return new Axis(low, widened, from, to, nice((widened - low) / ticks));
  }

  /** An axis that begins and ends at a tick; hardly different values do not fill it. */
  static Axis rounded(double low, double high, double from, double to, int ticks) {
    double magnitude = Math.max(Math.abs(low), Math.abs(high));
    double least = magnitude > 0 ? 0.1 * magnitude : 0.5;
    double margin = high - low > 0.02 * magnitude ? 0 : least;
    double distance = nice((high - low + 2 * margin) / ticks);
    return new Axis(
        Math.floor((low - margin) / distance + 1e-9) * distance,
        Math.ceil((high + margin) / distance - 1e-9) * distance,
        from,
        to,
        distance);
  }

  private static double nice(double distance) {
    double power = Math.pow(10, Math.floor(Math.log10(distance)));
    double digit = distance / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  /** The pixel of a value; values outside of the axis map to its ends. */
  double pixel(double value) {
    double clamped = Math.max(low, Math.min(high, value));
    return from + (clamped - low) / (high - low) * (to - from);
  }

  /** Values of the ticks, ascending. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / distance - 1e-9);
        i * distance <= high * (1 + 1e-12) + 1e-9 * distance;
        i++) {
      ticks.add(i * distance);
    }
    return ticks;
  }

  String label(double tick) {
    return NumberText.tick(tick, distance);
  }
}
