package partita.pipelines.system;

import java.util.List;
import partita.pipelines.dag.Stage;

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
}
