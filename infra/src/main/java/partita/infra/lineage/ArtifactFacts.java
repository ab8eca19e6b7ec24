package partita.infra.lineage;

import java.util.Map;
import java.util.TreeMap;
import partita.schemas.artifact.Manifest;

/** What a manifest says of how its artifact was made, by the names that the manifest uses. */
final class ArtifactFacts {
  private ArtifactFacts() {}

  static Map<String, Object> of(Manifest artifact) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("actionKey", artifact.actionKey());
    facts.put("recipeKey", artifact.recipeKey());
    facts.put("contentDigest", artifact.contentDigest());
    facts.put("parameters", artifact.parameters());
    facts.put("seed", artifact.seed());
    facts.put("code", artifact.code());
    facts.put("numerics", artifact.numerics());
    facts.put("salt", artifact.salt());
    facts.put("engine", artifact.provenance().engine());
    facts.put("facts", artifact.facts());
    return facts;
  }
}
