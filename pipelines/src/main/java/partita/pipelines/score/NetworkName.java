package partita.pipelines.score;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Stage;
import partita.pipelines.exchange.ArtifactName;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.transforms.score.AdoptTask;

/** Finds the network that a text names which is no file. */
final class NetworkName {
  /** As the stage of experiments and of imports has it, so that all share its artifact. */
  static final String STAGE = "weights";

  /** Of the stage that imports weights, which draws nothing. */
  static final long SEED = 1;

  private NetworkName() {}

  /**
   * The weights of a network: the beginning of an artifact's key, {@code experiment:stage}, or the
   * name that it was imported as, {@code resnet-50}.
   *
   * @throws BadInputException when there are none, or several
   */
  static Manifest find(String given, ArtifactStore store) throws IOException {
    Optional<RunRecord> imported = new RunHistory(store).latest("import/" + given);
    ArtifactName name =
        imported.isPresent()
            ? new ArtifactName(given, "import/" + given, STAGE, "")
            : ArtifactName.of(given)
                .orElseThrow(
                    () ->
                        new BadInputException(
                            "Cannot use network %s: there is no such file, and no network of this name was imported; name a file of weights by --network"
                                .formatted(given)));
    List<Manifest> found = name.find(store);
    if (found.size() != 1) {
      throw new BadInputException(
          "Cannot use network %s: it names %d artifacts, expected one"
              .formatted(given, found.size()));
    }
    return found.get(0);
  }

  /** The stage that has them as its artifact. */
  static Stage adopt(Manifest weights) {
    return Stage.of(
        STAGE,
        new AdoptTask(weights.actionKey(), weights.contentDigest(), AdoptTask.ALL_ROLES),
        SEED,
        Map.of());
  }
}
