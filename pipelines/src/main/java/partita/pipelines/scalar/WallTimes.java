package partita.pipelines.scalar;

import java.util.Map;
import java.util.TreeMap;

/**
 * When a training was at which step. Curves hold no times, for artifacts must not depend on the
 * clock; they are taken from what was seen of the training while it ran, and straight lines between
 * these moments.
 */
final class WallTimes {
  private final TreeMap<Long, Double> seconds = new TreeMap<>();

  /** The training was at {@code step} at this time, in seconds since 1970. */
  void saw(long step, double wallSeconds) {
    seconds.put(step, wallSeconds);
  }

  /** When it was at a step; before the first moment and after the last, that moment. */
  double at(long step) {
    Map.Entry<Long, Double> before = seconds.floorEntry(step);
    Map.Entry<Long, Double> after = seconds.ceilingEntry(step);
    if (before == null || after == null) {
      return (before == null ? seconds.firstEntry() : before).getValue();
    }
    long span = after.getKey() - before.getKey();
    double part = span == 0 ? 0 : (double) (step - before.getKey()) / span;
    return before.getValue() + part * (after.getValue() - before.getValue());
  }
}
