package partita.pipelines.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.exchange.ArtifactName;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.StoredFile;

/** The one artifact that a person names, whether its manifest can be read or not. */
final class NamedArtifact {
  private static final String ENDING = ".json";

  private NamedArtifact() {}

  /**
   * Its action key.
   *
   * @param verb what is to be done with it, for the message
   * @throws BadInputException when the text names none, or several
   */
  static String key(ArtifactStore store, String given, String verb) throws IOException {
    ArtifactName name =
        ArtifactName.of(given)
            .filter(found -> found.role().isEmpty())
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot %s '%s': expected experiment:stage, as ic-gan/sprites-32:train@1500, or the first 6 or more digits of an artifact's key"
                            .formatted(verb, given)));
    String beginning = name.experiment().isEmpty() ? name.stage() : ofStage(store, name, verb);
    List<String> found = keys(store, beginning);
    if (found.size() != 1) {
      throw new BadInputException(
          "Cannot %s '%s': %d artifacts in %s are named so, expected one"
              .formatted(verb, given, found.size(), store.root()));
    }
    return found.get(0);
  }

  /** Action keys of the manifests whose keys begin so. */
  static List<String> keys(ArtifactStore store, String beginning) throws IOException {
    return store.files().list(StoreLayout.MANIFESTS + "/" + beginning).stream()
        .filter(file -> file.name().endsWith(ENDING))
        .map(NamedArtifact::key)
        .toList();
  }

  /** The files of all manifests; whatever else lies beside them is none. */
  static List<StoredFile> manifests(ArtifactStore store) throws IOException {
    return store.files().list(StoreLayout.MANIFESTS + "/").stream()
        .filter(file -> file.name().endsWith(ENDING))
        .toList();
  }

  /** The action key that a manifest's file is named by. */
  static String key(StoredFile manifest) {
    String name = manifest.lastPart();
    return name.substring(0, name.length() - ENDING.length());
  }

  private static String ofStage(ArtifactStore store, ArtifactName name, String verb)
      throws IOException {
    Optional<RunRecord> run = new RunHistory(store).latest(name.experiment());
    if (run.isEmpty()) {
      throw new BadInputException(
          "Cannot %s '%s': experiment %s has not been run with artifacts in %s"
              .formatted(verb, name.given(), name.experiment(), store.root()));
    }
    StageRecord stage =
        run.get()
            .stage(name.stage())
            .orElseThrow(
                () ->
                    NearestName.unknown(
                        "stage",
                        name.stage(),
                        run.get().stages().stream().map(StageRecord::name).toList()));
    if (stage.actionKey().isEmpty()) {
      throw new BadInputException(
          "Cannot %s '%s': the latest run of %s left no artifact of that stage"
              .formatted(verb, name.given(), name.experiment()));
    }
    return stage.actionKey();
  }
}
