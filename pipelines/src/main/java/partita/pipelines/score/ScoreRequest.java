package partita.pipelines.score;

import java.util.List;
import java.util.Optional;
import partita.models.embed.FidProtocol;
import partita.pipelines.dag.BadInputException;

/**
 * What is to be scored, as asked for.
 *
 * @param real the reference: a folder of images or label maps, a file of features or labels, or an
 *     artifact; absent for metrics that need none
 * @param generated what is compared with it; figures of several are summarized
 * @param metrics what to compute
 * @param protocol how images reach the network, and the covariance; absent for what is usual
 * @param network file or artifact of weights; for features, the name of what made them; for label
 *     maps, the network that makes them of images
 * @param lpips file of a network's weights and file of LPIPS's learned weights, a comma between
 * @param resize side of the square that folders' images are brought to
 * @param bootstrap draws of the generated rows for an interval, 0 for none
 * @param options what some metrics are told beside the sets
 */
public record ScoreRequest(
    Optional<String> real,
    List<String> generated,
    List<ScoreMetric> metrics,
    Optional<FidProtocol> protocol,
    Optional<String> network,
    Optional<String> lpips,
    Optional<Integer> resize,
    int bootstrap,
    MetricOptions options) {

  public ScoreRequest {
    generated = List.copyOf(generated);
    metrics = List.copyOf(metrics);
    requireOneSubject(metrics);
    boolean sets = metrics.get(0).subject() == ScoreMetric.Subject.SETS;
    boolean compares = metrics.stream().anyMatch(ScoreMetric::compares);
    if ((compares && real.isEmpty()) || generated.isEmpty()) {
      throw new BadInputException(
          compares
              ? "Cannot score: expected --real and --generated, each a folder of images, a file of features or an artifact (key or experiment:stage[:role])"
              : "Cannot score: expected --generated");
    }
    boolean perceptual =
        metrics.contains(ScoreMetric.LPIPS)
            || metrics.get(0).subject() == ScoreMetric.Subject.GROUPS;
    if (lpips.isPresent() != perceptual) {
      throw new BadInputException(
          "Cannot compute lpips: expected both --metrics=lpips (or one of its diversities) and --lpips=WEIGHTS,LEARNED, the files of a network and of LPIPS v0.1 for it");
    }
    if (bootstrap == 1) {
      throw new BadInputException(
          "Cannot take an interval of 1 draw: expected --bootstrap of at least 2");
    }
    refuseUnless(sets, protocol.isPresent(), "protocol", metrics);
    boolean intervals = metrics.contains(ScoreMetric.FID) || metrics.contains(ScoreMetric.IS);
    refuseUnless(intervals, bootstrap > 0, "bootstrap", metrics);
    options.require(metrics);
    boolean stratified = metrics.contains(ScoreMetric.FID_STRATIFIED);
    if (stratified && protocol.equals(Optional.of(FidProtocol.STYLEGAN2_ADA))) {
      throw new BadInputException(
          "Cannot compute fid-stratified by --protocol=stylegan2-ada: its covariance is over n, that of strata over n - 1; choose another protocol");
    }
  }

  private static void requireOneSubject(List<ScoreMetric> metrics) {
    ScoreMetric first = metrics.get(0);
    for (ScoreMetric other : metrics) {
      if (other.subject() != first.subject()) {
        throw new BadInputException(
            "Cannot compute %s and %s together: one is of %s and the other of %s; ask for each by itself"
                .formatted(
                    first.word(), other.word(), first.subject().text(), other.subject().text()));
      }
    }
  }

  private static void refuseUnless(
      boolean used, boolean given, String option, List<ScoreMetric> metrics) {
    if (given && !used) {
      throw new BadInputException(
          "Cannot use --%s with %s: it does not depend on it; leave it out"
              .formatted(option, metrics.get(0).word()));
    }
  }

  /** What the metrics look at. */
  ScoreMetric.Subject subject() {
    return metrics.get(0).subject();
  }
}
