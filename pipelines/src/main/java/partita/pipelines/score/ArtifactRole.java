package partita.pipelines.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;

/**
 * A table of images, samples or features in an artifact.
 *
 * @param manifest the artifact
 * @param role the table in it
 */
record ArtifactRole(Manifest manifest, String role) {
  private static final Pattern KEY = Pattern.compile("([0-9a-f]{6,64})(?::([\\w-]+))?");
  private static final Pattern STAGE = Pattern.compile("([^:]+):([^:]+)(?::([\\w-]+))?");
  private static final Set<String> SCORED =
      Set.of(ImageTable.NAME, SampleTable.NAME, FeatureTable.NAME);

  /**
   * The artifacts that a text names: {@code KEY[:role]}, the beginning of an action key, or {@code
   * experiment:stage[:role]} of the experiment's latest run. A stage named without its sampling
   * seed, {@code sample@5000} for {@code sample@5000.0} and so on, means all of them. The role may
   * be left out where there is one table only.
   *
   * @throws BadInputException when there is none such
   */
  static List<ArtifactRole> find(String given, ArtifactStore store) throws IOException {
    Matcher key = KEY.matcher(given);
    Matcher stage = STAGE.matcher(given);
    if (key.matches()) {
      return List.of(of(byKey(given, key.group(1), store), key.group(2), given, store));
    } else if (stage.matches()) {
      List<ArtifactRole> found = new ArrayList<>();
      for (Manifest manifest : ofStage(given, stage.group(1), stage.group(2), store)) {
        found.add(of(manifest, stage.group(3), given, store));
      }
      return found;
    }
    throw new BadInputException(
        "Cannot score %s: there is no such folder or file, and it does not name an artifact, which is a key of at least 6 digits or experiment:stage[:role]"
            .formatted(given));
  }

  private static Manifest byKey(String given, String prefix, ArtifactStore store)
      throws IOException {
    List<Manifest> found =
        store.manifests().stream()
            .filter(manifest -> manifest.actionKey().startsWith(prefix))
            .toList();
    if (found.size() != 1) {
      throw new BadInputException(
          "Cannot score %s: %d artifacts in %s have a key that begins so, and there is no such folder or file; expected one"
              .formatted(given, found.size(), store.root()));
    }
    return found.get(0);
  }

  private static List<Manifest> ofStage(
      String given, String experiment, String name, ArtifactStore store) throws IOException {
    RunRecord run =
        new RunHistory(store)
            .latest(experiment)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot score %s: there is no such folder or file, and experiment %s has not been run with artifacts in %s"
                            .formatted(given, experiment, store.root())));
    List<StageRecord> stages =
        run.stages().stream()
            .filter(stage -> stage.name().equals(name) || stage.name().startsWith(name + "."))
            .sorted(Comparator.comparing(StageRecord::name))
            .toList();
    if (stages.isEmpty()) {
      throw NearestName.unknown(
          "stage", name, run.stages().stream().map(StageRecord::name).toList());
    }
    List<Manifest> found = new ArrayList<>();
    for (StageRecord stage : stages) {
      Optional<Manifest> manifest =
          stage.actionKey().isEmpty() ? Optional.empty() : store.find(stage.actionKey());
      found.add(
          manifest.orElseThrow(
              () ->
                  new BadInputException(
                      "Cannot score %s: stage %s of the latest run of %s left no artifact; run it again"
                          .formatted(given, stage.name(), experiment))));
    }
    return found;
  }

  private static ArtifactRole of(
      Manifest manifest,
      @org.jspecify.annotations.Nullable String role,
      String given,
      ArtifactStore store)
      throws IOException {
    Set<String> scored = new TreeSet<>();
    for (String found :
        new TreeSet<>(
            manifest.files().stream()
                .filter(file -> !file.schema().isEmpty())
                .map(FileEntry::role)
                .toList())) {
      try (TableReader table = TableReader.open(store, manifest, found)) {
        if (SCORED.contains(table.schema().name())) {
          scored.add(found);
        }
      }
    }
    if (scored.isEmpty()) {
      throw new BadInputException(
          "Cannot score %s: artifact %s holds no images, samples or features"
              .formatted(given, manifest.stage()));
    } else if (role != null) {
      if (!scored.contains(role)) {
        throw NearestName.unknown("role", role, List.copyOf(scored));
      }
      return new ArtifactRole(manifest, role);
    } else if (scored.size() > 1) {
      throw new BadInputException(
          "Cannot score %s: artifact %s has %s; name one of them, as %s:%s"
              .formatted(given, manifest.stage(), scored, given, scored.iterator().next()));
    }
    return new ArtifactRole(manifest, scored.iterator().next());
  }
}
