package partita.pipelines.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.transforms.score.Naming;

/**
 * What figures of sets against a reference should be read with.
 *
 * @param real the reference, absent when no metric compares with one
 * @param sets what is compared with it
 * @param fewestOfStratum images of the smallest stratum of each set; empty without strata
 * @param naming how the figures are named
 * @param width numbers in an image's features
 */
record ScoreWarnings(
    Optional<ScoredSet> real,
    List<ScoredSet> sets,
    List<Long> fewestOfStratum,
    Naming naming,
    int width)
    implements ScoreGraph.Warnings {

  /** That figures of a network of no published protocol compare only with each other. */
  static Optional<String> ofNetwork(Naming naming) {
    return naming.official()
        ? Optional.empty()
        : Optional.of(
            "%s is not the network of any published protocol: the figures compare only with others of this network"
                .formatted(naming.network()));
  }

  @Override
  public List<String> of(ScoreMetric metric, int set, long shared) {
    List<String> warnings =
        real.map(reference -> ofReference(reference, metric, set, shared))
            .orElseGet(ArrayList::new);
    ofNetwork(naming).ifPresent(warnings::add);
    return warnings;
  }

  private List<String> ofReference(ScoredSet reference, ScoreMetric metric, int set, long shared) {
    List<String> warnings = new ArrayList<>();
    ScoredSet generated = sets.get(set);
    boolean strata = metric == ScoreMetric.FID_STRATIFIED;
    long fewest = strata ? fewestOfStratum.get(set) : Math.min(reference.rows(), generated.rows());
    if ((strata || metric == ScoreMetric.FID) && fewest < width) {
      warnings.add(
          "%,d rows are fewer than the %,d dimensions of the features: the covariance is rank-deficient and the Frechet distance biased upwards"
              .formatted(fewest, width));
    }
    if (shared > 0) {
      warnings.add(
          "%,d of the %,d images of %s are in %s too, pixel for pixel"
              .formatted(shared, generated.rows(), generated.given(), reference.given()));
    }
    if (reference.training()) {
      warnings.add(
          "the reference %s is a training set: a generator that repeats it scores best"
              .formatted(reference.given()));
    }
    if (reference.content() instanceof ScoredSet.Images one
        && generated.content() instanceof ScoredSet.Images other
        && !one.equals(other)) {
      warnings.add(
          "resolutions differ: %s has images of %d x %d, %s of %d x %d; resizing alone moves the figures"
              .formatted(
                  reference.given(),
                  one.width(),
                  one.height(),
                  generated.given(),
                  other.width(),
                  other.height()));
    }
    return warnings;
  }
}
