package partita.models.train;

import java.util.OptionalLong;

/** Training went wrong in a way that more steps would not mend: NaN, divergence, collapse. */
public final class TrainingFailedException extends Exception {
  private static final long serialVersionUID = 1;

  private final long step;

  TrainingFailedException(long step, String reason, OptionalLong lastGood) {
    super(
        "Cannot go on training after step %d: %s. %s"
            .formatted(
                step,
                reason,
                lastGood.isPresent()
                    ? "The last good checkpoint is of step " + lastGood.getAsLong()
                    : "There is no checkpoint yet"));
    this.step = step;
  }

  /** Number of steps that were finished. */
  public long step() {
    return step;
  }
}
