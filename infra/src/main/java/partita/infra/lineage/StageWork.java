package partita.infra.lineage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.schemas.artifact.Manifest;

/**
 * A stage that a run works on.
 *
 * @param stage name of the stage
 * @param started when the run turned to it
 * @param inputs artifacts that it reads
 * @param files raw input name to the file or folder from outside the store
 * @param known what is known before it runs: reason, recipe key, parameters, seed
 */
public record StageWork(
    String stage,
    Instant started,
    Collection<Manifest> inputs,
    Map<String, Path> files,
    Map<String, Object> known) {

  public StageWork {
    inputs = List.copyOf(inputs);
    files = new TreeMap<>(files);
    known = new TreeMap<>(known);
  }
}
