package partita.pipelines.score;

import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;

/**
 * What is to be scored, as asked for.
 *
 * @param real the reference: a folder of images, a file of features or an artifact
 * @param generated what is compared with it, of the same kind; figures of several are summarized
 * @param metrics what to compute
 * @param network file of weights; for features, the name of what made them
 * @param resize side of the square that folders' images are brought to
 */
public record ScoreRequest(
    String real,
    List<String> generated,
    List<ScoreMetric> metrics,
    Optional<String> network,
    Optional<Integer> resize) {

  public ScoreRequest {
    generated = List.copyOf(generated);
    metrics = List.copyOf(metrics);
    if (real.isBlank() || generated.isEmpty()) {
      throw new BadInputException(
          "Cannot score: expected --real and --generated, each a folder of images, a file of"
              + " features or an artifact (key or experiment:stage[:role])");
    }
  }
}
