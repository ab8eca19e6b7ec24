package partita.pipelines.dag;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.transforms.shard.Execution;

/** Identities and recipe keys of a whole graph, computed before anything runs. */
final class StageKeys {
  private final Map<String, StageIdentity> identities = new HashMap<>();
  private final Map<String, String> recipes = new HashMap<>();

  private StageKeys() {}

  /**
   * Computes the keys.
   *
   * @param anew stages to be taken one salt generation further than the store says
   */
  static StageKeys of(
      StageGraph graph,
      ArtifactStore store,
      Execution execution,
      RawDigests rawDigests,
      Set<String> anew)
      throws IOException {
    StageKeys keys = new StageKeys();
    SaltGenerations salts = new SaltGenerations(store.refs(), graph.experiment());
    for (Stage stage : graph.stages()) {
      SortedMap<String, String> raw = new TreeMap<>();
      for (Map.Entry<String, RawInput> file : stage.files().entrySet()) {
        raw.put(file.getKey(), rawDigests.of(file.getValue()));
      }
      StageIdentity identity =
          new StageIdentity(
              stage,
              CodeDigest.of(stage.task()),
              NumericsFingerprint.of(stage.task(), execution),
              salts.of(stage.name()) + (anew.contains(stage.name()) ? 1 : 0),
              stage.parameters(),
              raw);
      keys.identities.put(stage.name(), identity);
      SortedMap<String, String> inputRecipes = new TreeMap<>();
      stage.inputs().forEach((name, input) -> inputRecipes.put(name, keys.recipe(input)));
      keys.recipes.put(stage.name(), identity.recipeKey(inputRecipes));
    }
    return keys;
  }

  StageIdentity identity(Stage stage) {
    return identities.get(stage.name());
  }

  String recipe(Stage stage) {
    return recipes.get(stage.name());
  }

  /** Action key of a stage whose input artifacts are there. */
  String action(Stage stage, Map<String, Manifest> inputs) {
    return identity(stage).actionKey(digests(inputs));
  }

  /** Input name to content digest. */
  static SortedMap<String, String> digests(Map<String, Manifest> inputs) {
    SortedMap<String, String> digests = new TreeMap<>();
    inputs.forEach((name, manifest) -> digests.put(name, manifest.contentDigest()));
    return digests;
  }
}
