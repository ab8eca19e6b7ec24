package partita.pipelines.score;

import java.util.List;
import java.util.Optional;
import partita.models.embed.FidProtocol;
import partita.pipelines.dag.BadInputException;

/**
 * What is to be scored, as asked for.
 *
 * @param real the reference: a folder of images, a file of features or an artifact
 * @param generated what is compared with it, of the same kind; figures of several are summarized
 * @param metrics what to compute
 * @param protocol how images reach the network, and the covariance; absent for what is usual
 * @param network file or artifact of weights; for features, the name of what made them
 * @param lpips file of a network's weights and file of LPIPS's learned weights, a comma between
 * @param resize side of the square that folders' images are brought to
 * @param bootstrap draws of the generated rows for an interval, 0 for none
 */
public record ScoreRequest(
    String real,
    List<String> generated,
    List<ScoreMetric> metrics,
    Optional<FidProtocol> protocol,
    Optional<String> network,
    Optional<String> lpips,
    Optional<Integer> resize,
    int bootstrap) {

  public ScoreRequest {
    generated = List.copyOf(generated);
    metrics = List.copyOf(metrics);
    if (real.isBlank() || generated.isEmpty()) {
      throw new BadInputException(
          "Cannot score: expected --real and --generated, each a folder of images, a file of features or an artifact (key or experiment:stage[:role])");
    }
    if (lpips.isPresent() != metrics.contains(ScoreMetric.LPIPS)) {
      throw new BadInputException(
          "Cannot compute lpips: expected both --metrics=lpips and --lpips=WEIGHTS,LEARNED, the files of a network and of LPIPS v0.1 for it");
    }
    if (bootstrap == 1) {
      throw new BadInputException(
          "Cannot take an interval of 1 draw: expected --bootstrap of at least 2");
    }
  }
}
