package partita.transforms.metric;

import java.io.IOException;
import java.util.List;
import partita.models.metric.ModeCoverage;
import partita.schemas.table.PointSampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.PointMixture;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;

/**
 * Scores generated points by {@link ModeCoverage}. Reads the input {@code samples} ({@link
 * PointSampleTable}, role {@code samples}) to its last row: Table 1 of the self-conditioned GAN
 * paper is of 2,500 points, and how many these are is for the stage that samples. Writes the role
 * {@code metrics}: {@code modes}, {@code high-quality(box)}, {@code high-quality(radius)}
 * (percent), {@code reverse-kl(ln)} and {@code reverse-kl(log10)}.
 *
 * @param mixture what the points should come from
 * @param sampleSeed seed the points were drawn with
 */
public record ScorePointsTask(PointMixture mixture, long sampleSeed) implements MetricTask {

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public List<String> metrics() {
    return PointScores.NAMES;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (TableReader samples = context.open(EvaluateTask.SAMPLES, EvaluateTask.SAMPLES)) {
      TableRows points = new TableRows(samples, PointSampleTable.POINT);
      return ShardResult.of(PointScores.of(points, mixture).generated(sampleSeed).write(context));
    }
  }
}
