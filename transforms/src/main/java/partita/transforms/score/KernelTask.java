package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.KernelDistance;
import partita.transforms.metric.MetricRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;

/**
 * Kernel distance, the mean over random subsets of both sets' features. The standard deviation is
 * over the subsets.
 *
 * @param naming how the figure is named
 * @param subsets number of subsets
 * @param subsetRows rows of each set in a subset
 */
public record KernelTask(Naming naming, int subsets, int subsetRows) implements Comparison {

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (ScoredFeatures features = new ScoredFeatures(context)) {
      KernelDistance distance =
          KernelDistance.ofSubsets(
              features.real(), features.generated(), subsets, subsetRows, KernelDistance.SEED);
      MetricRows rows = naming.rows("%d subsets of %d".formatted(subsets, subsetRows));
      rows.add(
          naming.of("kid"),
          distance.value(),
          distance.std(),
          features.real().rows(),
          features.generated().rows());
      return ShardResult.of(rows.write(context));
    }
  }
}
