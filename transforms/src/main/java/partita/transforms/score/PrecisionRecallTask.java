package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.Manifold;
import partita.models.metric.PrecisionRecall;
import partita.transforms.metric.MetricRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;

/**
 * Improved precision and recall (Kynkaanniemi et al.) over all features of both sets.
 *
 * <p>Beside the features it reads {@link #REAL_RADII} and {@link #GENERATED_RADII}, which {@code
 * RadiiTask} wrote.
 *
 * @param naming how the figures are named
 * @param neighbors k
 */
public record PrecisionRecallTask(Naming naming, int neighbors) implements Comparison {
  /** Input with the radii about the real features. */
  public static final String REAL_RADII = REAL + ScoredFeatures.RADII;

  /** Input with the radii about the generated features. */
  public static final String GENERATED_RADII = GENERATED + ScoredFeatures.RADII;

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (ScoredFeatures features = new ScoredFeatures(context)) {
      Manifold real = features.realBalls(neighbors);
      Manifold generated = features.generatedBalls(neighbors);
      PrecisionRecall figures = PrecisionRecall.of(real, generated);
      MetricRows rows = naming.rows("k = %d, <=".formatted(neighbors));
      features.add(rows, naming.of("precision"), figures.precision());
      features.add(rows, naming.of("recall"), figures.recall());
      return ShardResult.of(rows.write(context));
    }
  }
}
