package partita.pipelines.system;

import java.util.List;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.transforms.diversity.Selection;

/** How samples of a data set are scored. */
interface GanScoring {

  /** Stages that score real data with the same metrics: what a perfect generator would reach. */
  List<Stage> ceiling();

  /**
   * The stage {@code evaluate@round}.
   *
   * @param samples stage whose samples are scored
   * @param round {@code 1250.0}: training step and sampling seed
   */
  Stage score(Stage samples, String round);

  /**
   * The stage {@code rank@round}: samples in the order of a classifier's confidence.
   *
   * @param samples stage whose samples are sorted
   * @param round as that of {@link #score}
   * @throws BadInputException when nothing tells their classes
   */
  Stage rank(Stage samples, String round, Selection selection);
}
