package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.CovarianceEstimate;
import partita.models.metric.FrechetDistance;
import partita.models.metric.Moments;
import partita.schemas.table.TableReader;
import partita.transforms.metric.MetricRows;
import partita.transforms.metric.MomentsTask;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;

/**
 * Frechet distance between the moments of both sets, which {@link MomentsTask} wrote.
 *
 * @param naming how the figure is named
 * @param estimate what the covariance is divided by
 */
public record FrechetTask(Naming naming, CovarianceEstimate estimate) implements Comparison {

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    Moments real = moments(context, REAL);
    Moments generated = moments(context, GENERATED);
    MetricRows rows = naming.rows(definition(estimate));
    rows.add(
        naming.of("fid"),
        FrechetDistance.between(real, generated, estimate).value(),
        Double.NaN,
        real.count(),
        generated.count());
    return ShardResult.of(rows.write(context));
  }

  static Moments moments(ShardContext context, String input) throws IOException {
    try (TableReader table = context.open(input, MomentsTask.MOMENTS)) {
      return MomentsTask.read(table);
    }
  }

  static String definition(CovarianceEstimate estimate) {
    return "covariance / " + (estimate == CovarianceEstimate.SAMPLE ? "(n - 1)" : "n");
  }
}
