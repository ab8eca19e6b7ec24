package partita.pipelines.score;

import java.util.ArrayList;
import java.util.List;

/** What figures of two sets should be read with. */
final class ScoreWarnings {
  private ScoreWarnings() {}

  /**
   * The warnings of a metric of one generated set against the reference.
   *
   * @param shared images that are in both sets, pixel for pixel
   */
  static List<String> of(ScoreGraph scored, ScoreMetric metric, ScoredSet generated, long shared) {
    List<String> warnings = new ArrayList<>();
    ScoredSet real = scored.real();
    long fewest = Math.min(real.rows(), generated.rows());
    if (metric == ScoreMetric.FID && fewest < scored.width()) {
      warnings.add(
          "%,d rows are fewer than the %,d dimensions of the features: the covariance is rank-deficient and the Frechet distance biased upwards"
              .formatted(fewest, scored.width()));
    }
    if (shared > 0) {
      warnings.add(
          "%,d of the %,d images of %s are in %s too, pixel for pixel"
              .formatted(shared, generated.rows(), generated.given(), real.given()));
    }
    if (real.training()) {
      warnings.add(
          "the reference %s is a training set: a generator that repeats it scores best"
              .formatted(real.given()));
    }
    if (real.content() instanceof ScoredSet.Images one
        && generated.content() instanceof ScoredSet.Images other
        && !one.equals(other)) {
      warnings.add(
          "resolutions differ: %s has images of %d x %d, %s of %d x %d; resizing alone moves the figures"
              .formatted(
                  real.given(),
                  one.width(),
                  one.height(),
                  generated.given(),
                  other.width(),
                  other.height()));
    }
    if (!scored.naming().official()) {
      warnings.add(
          "%s is not the network of any published protocol: the figures compare only with others of this network"
              .formatted(scored.naming().network()));
    }
    return warnings;
  }
}
