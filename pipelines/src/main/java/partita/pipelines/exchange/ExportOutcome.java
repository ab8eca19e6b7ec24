package partita.pipelines.exchange;

import java.util.List;

/**
 * What was written of an artifact.
 *
 * @param stage that made the artifact
 * @param artifact its action key
 * @param written in the order of the roles
 * @param leftOut roles that are neither weights nor images
 */
public record ExportOutcome(
    String stage, String artifact, List<Written> written, List<String> leftOut) {

  public ExportOutcome {
    written = List.copyOf(written);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * One role.
   *
   * @param role of the artifact
   * @param path file of weights, or folder of images
   * @param count tensors or images
   */
  public record Written(String role, String path, long count) {}
}
