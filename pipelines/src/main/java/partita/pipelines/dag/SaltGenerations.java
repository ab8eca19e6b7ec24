package partita.pipelines.dag;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import partita.schemas.artifact.WorkArea;

/**
 * How often each stage was forced to run anew, remembered in the store. The generation enters the
 * stage's keys, so a forced rerun that was interrupted continues as the same rerun.
 */
final class SaltGenerations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WorkArea refs;

  SaltGenerations(WorkArea refs) {
    this.refs = refs;
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

  private static String name(String stage) {
    return "salt-" + stage.replace('@', '.') + ".json"; // a family has no dot
  }
}
