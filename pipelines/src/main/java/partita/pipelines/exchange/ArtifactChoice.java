package partita.pipelines.exchange;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.system.Systems;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/** Finds the artifact that a person means. */
public final class ArtifactChoice {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{8,64}");

  private ArtifactChoice() {}

  /**
   * The artifact whose action key begins with {@code word}, at least 8 of its digits, or that of
   * the stage {@code word} in the latest run of an experiment.
   *
   * @param experiment name of the experiment, empty for the default one
   * @throws BadInputException if there is none, or more than one
   */
  public static Manifest find(ArtifactStore store, String word, String experiment)
      throws IOException {
    return KEY.matcher(word).matches() ? byKey(store, word) : byStage(store, word, experiment);
  }

  private static Manifest byKey(ArtifactStore store, String prefix) throws IOException {
    List<Manifest> found =
        store.manifests().stream()
            .filter(manifest -> manifest.actionKey().startsWith(prefix))
            .toList();
    if (found.size() != 1) {
      throw new BadInputException(
          "Cannot find artifact %s in %s: %d keys begin so, expected one; name more of its digits, as a manifest's file name has them"
              .formatted(prefix, store.root(), found.size()));
    }
    return found.get(0);
  }

  private static Manifest byStage(ArtifactStore store, String stage, String experiment)
      throws IOException {
    String name = experiment.isEmpty() ? Systems.DEFAULT : experiment;
    RunRecord run =
        new RunHistory(store)
            .latest(name)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot find stage %s of %s: it has not been run with artifacts in %s; name its experiment by --experiment"
                            .formatted(stage, name, store.root())));
    List<String> known = run.stages().stream().map(RunRecord.StageRecord::name).toList();
    if (!known.contains(stage)) {
      throw NearestName.unknown("stage", stage, known);
    }
    String key = run.stages().get(known.indexOf(stage)).actionKey();
    return store
        .find(key)
        .orElseThrow(
            () ->
                new BadInputException(
                    "Cannot find the artifact of stage %s: run %s (%s) left none; run %s again"
                        .formatted(stage, run.runId(), run.status(), name)));
  }
}
