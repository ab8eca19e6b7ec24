package partita.transforms.shard;

import java.io.Serializable;
import java.util.Map;
import partita.schemas.artifact.Manifest;

/**
 * The committed artifacts and raw files that a stage reads.
 *
 * @param artifacts input name to manifest
 * @param files raw input name to local path, for ingestion
 */
public record ShardInputs(Map<String, Manifest> artifacts, Map<String, String> files)
    implements Serializable {

  public ShardInputs {
    artifacts = Map.copyOf(artifacts);
    files = Map.copyOf(files);
  }

  /** The artifact read under a name. */
  public Manifest artifact(String input) {
    Manifest manifest = artifacts.get(input);
    if (manifest == null) {
      throw new IllegalArgumentException(
          "Cannot read input '" + input + "': the stage has " + artifacts.keySet());
    }
    return manifest;
  }

  /** The raw file or folder read under a name. */
  public String file(String input) {
    String path = files.get(input);
    if (path == null) {
      throw new IllegalArgumentException(
          "Cannot read raw input '" + input + "': the stage has " + files.keySet());
    }
    return path;
  }
}
