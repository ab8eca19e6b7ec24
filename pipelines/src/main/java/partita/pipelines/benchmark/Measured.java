package partita.pipelines.benchmark;

import java.util.List;

/**
 * What we measured for one figure.
 *
 * @param trials the value of each trial, in the order of the trials
 */
public record Measured(List<Double> trials) {

  public Measured {
    trials = List.copyOf(trials);
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("Cannot average no trials: expected at least one");
    }
  }

  public double mean() {
    return trials.stream().mapToDouble(Double::doubleValue).sum() / trials.size();
  }

  /** Sample standard deviation (n - 1) by the root of n; NaN for a single trial. */
  public double standardError() {
    double mean = mean();
    double squares = trials.stream().mapToDouble(trial -> (trial - mean) * (trial - mean)).sum();
    return Math.sqrt(squares / (trials.size() - 1) / trials.size());
  }

  /** {@code 7.67 ± 0.33}; the mean alone for a single trial. */
  public String text(PaperFigure like) {
    return trials.size() == 1
        ? like.like(mean())
        : like.like(mean()) + " ± " + like.like(standardError());
  }
}
