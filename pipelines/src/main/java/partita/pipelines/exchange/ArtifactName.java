package partita.pipelines.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/**
 * How a user names artifacts: {@code KEY[:role]}, the beginning of an action key, or {@code
 * experiment:stage[:role]} of the experiment's latest run.
 *
 * @param given the text
 * @param experiment name of the experiment, empty for a key
 * @param stage name of the stage, or the beginning of the key
 * @param role table in the artifact, empty when it was left out
 */
public record ArtifactName(String given, String experiment, String stage, String role) {
  private static final Pattern KEY = Pattern.compile("([0-9a-f]{6,64})(?::([\\w-]+))?");
  private static final Pattern STAGE = Pattern.compile("([^:]+):([^:]+)(?::([\\w-]+))?");

  /** What a text says; empty when it cannot name an artifact. */
  public static Optional<ArtifactName> of(String given) {
    Matcher key = KEY.matcher(given);
    Matcher stage = STAGE.matcher(given);
    if (key.matches()) {
      return Optional.of(new ArtifactName(given, "", key.group(1), text(key.group(2))));
    }
    return stage.matches()
        ? Optional.of(new ArtifactName(given, stage.group(1), stage.group(2), text(stage.group(3))))
        : Optional.empty();
  }

  private static String text(@Nullable String group) {
    return group == null ? "" : group;
  }

  /**
   * The artifacts. A stage named without its sampling seed, {@code sample@5000} for {@code
   * sample@5000.0} and so on, means all of them.
   *
   * @throws BadInputException when there is none such
   */
  public List<Manifest> find(ArtifactStore store) throws IOException {
    return experiment.isEmpty() ? List.of(byKey(store)) : ofStage(store);
  }

  private Manifest byKey(ArtifactStore store) throws IOException {
    List<Manifest> found =
        store.manifests().stream()
            .filter(manifest -> manifest.actionKey().startsWith(stage))
            .toList();
    if (found.size() != 1) {
      throw new BadInputException(
          "Cannot find %s: %d artifacts in %s have a key that begins so, expected one; name more of its digits, or experiment:stage"
              .formatted(given, found.size(), store.root()));
    }
    return found.get(0);
  }

  private List<Manifest> ofStage(ArtifactStore store) throws IOException {
    RunRecord run =
        new RunHistory(store)
            .latest(experiment)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot find %s: experiment %s has not been run with artifacts in %s"
                            .formatted(given, experiment, store.root())));
    List<StageRecord> stages =
        run.stages().stream()
            .filter(made -> made.name().equals(stage) || made.name().startsWith(stage + "."))
            .sorted(Comparator.comparing(StageRecord::name))
            .toList();
    if (stages.isEmpty()) {
      throw NearestName.unknown(
          "stage", stage, run.stages().stream().map(StageRecord::name).toList());
    }
    List<Manifest> found = new ArrayList<>();
    for (StageRecord made : stages) {
      Optional<Manifest> manifest =
          made.actionKey().isEmpty() ? Optional.empty() : store.find(made.actionKey());
      found.add(
          manifest.orElseThrow(
              () ->
                  new BadInputException(
                      "Cannot find %s: stage %s of the latest run of %s left no artifact; run it again"
                          .formatted(given, made.name(), experiment))));
    }
    return found;
  }
}
