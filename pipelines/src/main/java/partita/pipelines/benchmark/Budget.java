package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What a figure costs.
 *
 * @param steps training steps of each trial
 * @param trials trained from first weights with seeds of their own
 */
public record Budget(long steps, int trials) {

  public Budget {
    if (steps < 1 || trials < 1) {
      throw new IllegalArgumentException(
          "a budget is %d steps and %d trials, expected at least one of each"
              .formatted(steps, trials));
    }
  }

  /** In what this is less than what is needed, {@code 25,000 of 400,000 steps}. */
  public List<String> shortOf(Budget needed) {
    List<String> missing = new ArrayList<>();
    if (steps < needed.steps) {
      missing.add("%,d of %,d steps".formatted(steps, needed.steps));
    }
    if (trials < needed.trials) {
      missing.add("%,d of %,d trials".formatted(trials, needed.trials));
    }
    return missing;
  }
}
