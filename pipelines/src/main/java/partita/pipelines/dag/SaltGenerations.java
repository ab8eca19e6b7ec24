package partita.pipelines.dag;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import partita.schemas.artifact.KeyHasher;
import partita.schemas.artifact.WorkArea;

/**
 * How often each stage was forced to run anew, remembered in the store. The generation enters the
 * stage's keys, so a forced rerun that was interrupted continues as the same rerun.
 */
final class SaltGenerations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WorkArea refs;
  private final String experiment;

  /**
   * @param refs where generations are remembered
   * @param experiment whose stages they are: those of another keep theirs, whatever their names
   */
  SaltGenerations(WorkArea refs, String experiment) {
    this.refs = refs;
    this.experiment = experiment;
  }

  /** Generation of a stage, 0 when it was never forced. */
  int of(String stage) throws IOException {
    Optional<byte[]> content = refs.read(name(stage));
    return content.isEmpty() ? 0 : JSON.readTree(content.get()).path("generation").asInt();
  }

  /** Begins the next generation of a stage. */
  void bump(String stage) throws IOException {
    byte[] content =
        JSON.writeValueAsBytes(JSON.createObjectNode().put("generation", of(stage) + 1));
    refs.write(name(stage), content);
  }

  private String name(String stage) {
    KeyHasher hasher = new KeyHasher("salt").put("experiment", experiment).put("stage", stage);
    return "salt-" + hasher.digest().substring(0, 24) + ".json";
  }
}
