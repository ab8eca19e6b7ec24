package partita.models.train;

import java.io.IOException;
import java.util.Map;

/**
 * How far a training is.
 *
 * @param step finished steps
 * @param total steps at which it ends
 * @param stepsPerSecond speed of this sitting
 * @param imagesPerSecond rows of counted updates a second
 * @param losses smoothed losses by name
 */
public record TrainingProgress(
    long step,
    long total,
    double stepsPerSecond,
    double imagesPerSecond,
    Map<String, Double> losses) {

  /** Told about progress, at most every half second. */
  @FunctionalInterface
  public interface Listener {
    void progress(TrainingProgress progress) throws IOException;
  }
}
