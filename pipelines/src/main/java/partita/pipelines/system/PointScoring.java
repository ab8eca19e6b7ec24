package partita.pipelines.system;

import java.util.List;
import java.util.Map;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.PointMixture;
import partita.transforms.diversity.Selection;
import partita.transforms.metric.EvaluateTask;
import partita.transforms.metric.PointCeilingTask;
import partita.transforms.metric.ScorePointsTask;

/**
 * Points against the mixture they should come from.
 *
 * @param points real points that are scored as the ceiling, as many as are sampled
 */
record PointScoring(PointMixture mixture, Stage ingest, int points, long seed)
    implements GanScoring {

  @Override
  public List<Stage> ceiling() {
    return List.of(
        Stage.of(
            "ceiling",
            new PointCeilingTask(mixture, points),
            seed,
            Map.of(EvaluateTask.REAL, ingest)));
  }

  @Override
  public Stage score(Stage samples, String round) {
    return Stage.of(
        "evaluate@" + round,
        new ScorePointsTask(mixture, seed),
        seed,
        Map.of(EvaluateTask.SAMPLES, samples));
  }

  @Override
  public Stage rank(Stage samples, String round, Selection selection) {
    throw new BadInputException(
        "Cannot sort points by a classifier's confidence: expected images; leave out diversity");
  }
}
