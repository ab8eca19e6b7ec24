package partita.pipelines.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * A figure of ours beside the paper's, with all that a verdict depends on.
 *
 * @param paper what the paper printed
 * @param tolerance how far from it is still the same
 * @param better which way the metric gets better
 * @param ours what we measured
 * @param spent what our figure cost; its trials are those of {@code ours}
 * @param needed the paper's budget, with the least number of trials that may confirm it
 * @param differences in what data, network or protocol differ from the paper's, a sentence each
 */
public record Comparison(
    PaperFigure paper,
    Tolerance tolerance,
    Better better,
    Measured ours,
    Budget spent,
    Budget needed,
    List<String> differences) {

  public Comparison {
    differences = List.copyOf(differences);
    if (spent.trials() != ours.trials().size()) {
      throw new IllegalArgumentException(
          "Cannot compare: a budget of %d trials beside figures of %d"
              .formatted(spent.trials(), ours.trials().size()));
    }
  }

  /** Whether our mean is within the tolerance of the paper's. */
  public boolean within() {
    return tolerance.allows(ours.mean(), paper);
  }

  /** In what the budget falls short of the paper's. */
  public List<String> shortfalls() {
    return spent.shortOf(needed);
  }

  /**
   * How far ours is from the paper's: {@code 1.37 more (better), 2.7 times the paper's error;
   * allowed 1.00}.
   */
  public String distance() {
    double difference = ours.mean() - paper.mean().doubleValue();
    if (!Double.isFinite(difference)) {
      return "not a number";
    }
    double error = paper.error().doubleValue();
    String errors =
        error > 0
            ? String.format(
                Locale.ROOT, ", %,.1f times the paper's error", Math.abs(difference) / error)
            : ", the paper's error is 0";
    return "%s %s (%s)%s; allowed %s"
        .formatted(
            paper.like(Math.abs(difference)),
            difference > 0 ? "more" : "less",
            better.word(difference),
            errors,
            paper.like(tolerance.width(paper)));
  }
}
