package partita.pipelines.dag;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import partita.schemas.artifact.KeyHasher;

/**
 * Everything that enters the keys of a stage but its input artifacts.
 *
 * @param stage the stage
 * @param code digest of the code its task reaches
 * @param numerics numerics fingerprint
 * @param salt generation of forced reruns
 * @param parameters parameters as text; the keys hash the task itself
 * @param raw raw input name to digest
 */
record StageIdentity(
    Stage stage,
    String code,
    String numerics,
    int salt,
    SortedMap<String, String> parameters,
    SortedMap<String, String> raw) {

  /** Names of all that the stage reads, artifacts and raw inputs. */
  Set<String> inputNames() {
    Set<String> names = new HashSet<>(stage.inputs().keySet());
    names.addAll(raw.keySet());
    return names;
  }

  /** Key known before anything ran, from the recipe keys of the inputs. */
  String recipeKey(SortedMap<String, String> inputRecipes) {
    return key("recipe", inputRecipes);
  }

  /** Key that selects the artifact, from the content digests of the inputs. */
  String actionKey(SortedMap<String, String> inputDigests) {
    return key("action", inputDigests);
  }

  private String key(String domain, SortedMap<String, String> inputs) {
    return new KeyHasher(domain)
        .put("stage", stage.name())
        .put("task", stage.task())
        .put("code", code)
        .put("seed", stage.seed())
        .put("inputs", inputs)
        .put("raw", raw)
        .put("numerics", numerics)
        .put("salt", salt)
        .digest();
  }
}
