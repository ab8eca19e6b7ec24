package partita.pipelines.score;

import java.util.Optional;
import partita.pipelines.dag.Stage;

/**
 * One side of a comparison, found and looked at.
 *
 * @param given how the user named it
 * @param stage makes it an artifact with the role {@code all}
 * @param content what its rows are
 * @param rows number of rows
 * @param training whether it is what a generator was trained on, as far as is known
 */
record ScoredSet(String given, Stage stage, Content content, long rows, boolean training) {

  /** What the rows of a set are. */
  sealed interface Content {}

  /** Images of one size. */
  record Images(int height, int width) implements Content {}

  /**
   * Features.
   *
   * @param width numbers in a row
   * @param classes class scores beside them, 0 if there are none
   * @param network digest of the network that made them, where it is known
   */
  record Features(int width, int classes, Optional<String> network) implements Content {}
}
