package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.FrechetDistance;
import partita.models.metric.Moments;
import partita.transforms.metric.MetricRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;

/**
 * Frechet distance between all features of both sets.
 *
 * @param naming how the figure is named
 */
public record FrechetTask(Naming naming) implements Comparison {

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (ScoredFeatures features = new ScoredFeatures(context)) {
      Moments real = Moments.of(features.real());
      Moments generated = Moments.of(features.generated());
      MetricRows rows = naming.rows("covariance / (n - 1)");
      rows.add(
          naming.of("fid"),
          FrechetDistance.between(real, generated).value(),
          Double.NaN,
          real.count(),
          generated.count());
      return ShardResult.of(rows.write(context));
    }
  }
}
