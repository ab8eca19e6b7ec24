package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.Manifold;
import partita.models.metric.Prdc;
import partita.transforms.metric.MetricRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;

/**
 * Density and coverage, with the precision and recall that belong to them (Naeem et al.), over all
 * features of both sets.
 *
 * <p>Beside the features it reads the inputs {@link PrecisionRecallTask#REAL_RADII} and {@link
 * PrecisionRecallTask#GENERATED_RADII}, which {@code RadiiTask} wrote.
 *
 * @param naming how the figures are named
 * @param neighbors k
 */
public record PrdcTask(Naming naming, int neighbors) implements Comparison {

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (ScoredFeatures features = new ScoredFeatures(context)) {
      Manifold real = features.realBalls(neighbors);
      Manifold generated = features.generatedBalls(neighbors);
      Prdc figures = Prdc.of(real, generated);
      MetricRows rows = naming.rows("k = %d, <".formatted(neighbors));
      features.add(rows, naming.of("precision"), figures.precision());
      features.add(rows, naming.of("recall"), figures.recall());
      features.add(rows, naming.of("density"), figures.density());
      features.add(rows, naming.of("coverage"), figures.coverage());
      return ShardResult.of(rows.write(context));
    }
  }
}
