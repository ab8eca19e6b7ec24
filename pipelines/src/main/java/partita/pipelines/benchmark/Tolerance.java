package partita.pipelines.benchmark;

import java.util.Optional;

/**
 * How far a figure may be from the paper's, to either side, and still count as the same: the larger
 * of the two.
 *
 * @param absolute in the metric's own unit
 * @param errors in multiples of the error that the paper prints
 */
public record Tolerance(Optional<Double> absolute, Optional<Double> errors) {
  /** Decimal fractions are not exact: 6.5 is within 0.2 of 6.3. */
  private static final double ROUNDING = 1e-9;

  public Tolerance {
    double most = Math.max(absolute.orElse(0.0), errors.orElse(0.0));
    double least = Math.min(absolute.orElse(0.0), errors.orElse(0.0));
    if (!(most > 0 && least >= 0 && Double.isFinite(most))) {
      throw new IllegalArgumentException(
          "a tolerance allows nothing: found absolute %s and errors %s, expected at least one above 0"
              .formatted(
                  absolute.map(String::valueOf).orElse("none"),
                  errors.map(String::valueOf).orElse("none")));
    }
  }

  /** The largest distance that is still within, in the metric's own unit. */
  public double width(PaperFigure paper) {
    return Math.max(absolute.orElse(0.0), errors.orElse(0.0) * paper.error().doubleValue());
  }

  /** Whether a mean is within; one that is not a number never is. */
  public boolean allows(double mean, PaperFigure paper) {
    double distance = Math.abs(mean - paper.mean().doubleValue());
    return distance <= width(paper) + ROUNDING * Math.max(1, Math.abs(paper.mean().doubleValue()));
  }
}
