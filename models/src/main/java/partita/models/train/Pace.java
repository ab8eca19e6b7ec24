package partita.models.train;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Measures speed, smooths losses, and tells a listener at most every half second. */
final class Pace {
  private static final double INTERVAL_SECONDS = 0.5;
  private static final double SMOOTHING = 0.95;

  private final long total;
  private final double imagesAStep;
  private final TrainingProgress.Listener listener;
  private final Map<String, Double> smoothed = new TreeMap<>();
  private final long begin = System.nanoTime();
  private final long first;
  private long step;
  private long told;

  Pace(long step, long total, double imagesAStep, TrainingProgress.Listener listener) {
    this.first = step;
    this.step = step;
    this.total = total;
    this.imagesAStep = imagesAStep;
    this.listener = listener;
    this.told = begin;
  }

  void step(Map<String, Double> losses) throws IOException {
    step++;
    losses.forEach(
        (name, value) ->
            smoothed.merge(name, value, (old, now) -> SMOOTHING * old + (1 - SMOOTHING) * now));
    if ((System.nanoTime() - told) / 1e9 >= INTERVAL_SECONDS) {
      finish();
    }
  }

  void finish() throws IOException {
    told = System.nanoTime();
    double seconds = Math.max(1e-9, (told - begin) / 1e9);
    double speed = (step - first) / seconds;
    listener.progress(
        new TrainingProgress(step, total, speed, speed * imagesAStep, Map.copyOf(smoothed)));
  }
}
