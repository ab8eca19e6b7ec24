package partita.pipelines.system;

import java.util.Map;
import partita.pipelines.dag.Stage;
import partita.transforms.gan.GanDataset;
import partita.transforms.gan.PointDataset;

/**
 * The data of a GAN experiment, as stages.
 *
 * @param ingest writes the roles {@code train} and {@code validation}
 * @param dataset how its rows are learned
 * @param classes number of true classes, 0 without
 * @param scoring how samples are scored
 */
record GanData(Stage ingest, GanDataset dataset, int classes, GanScoring scoring) {

  /** The data that settings ask for. */
  static GanData of(SelfConditionedSettings settings) {
    if (settings.dataset() instanceof PointSettings points) {
      return of(points, settings);
    }
    throw new IllegalStateException();
  }

  private static GanData of(PointSettings points, SelfConditionedSettings settings) {
    Stage ingest = Stage.of("ingest", points.ingest(), settings.seed(), Map.of());
    return new GanData(
        ingest,
        new PointDataset(),
        points.kind().gaussians().means().size(),
        new PointScoring(points.kind(), ingest, settings.sample().count(), settings.seed()));
  }
}
