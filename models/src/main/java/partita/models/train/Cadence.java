package partita.models.train;

import java.io.Serializable;

/**
 * When an update happens.
 *
 * @param every it happens in every n-th step, from step 0 on
 * @param repeats how often in such a step, each with data of its own
 * @param accumulations micro-batches whose gradients are averaged into one repeat
 */
public record Cadence(int every, int repeats, int accumulations) implements Serializable {
  public static final Cadence EACH_STEP = new Cadence(1, 1, 1);

  public Cadence {
    if (every < 1 || repeats < 1 || accumulations < 1) {
      throw new IllegalArgumentException(
          "Cannot update every %d steps, %d times with %d accumulations: expected at least 1 each"
              .formatted(every, repeats, accumulations));
    }
  }

  boolean due(long step) {
    return step % every == 0;
  }
}
