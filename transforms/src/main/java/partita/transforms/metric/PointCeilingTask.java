package partita.transforms.metric;

import java.io.IOException;
import java.util.stream.IntStream;
import partita.models.row.SelectedRows;
import partita.schemas.table.PointTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.PointMixture;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * The metrics of {@link ScorePointsTask} for real points: what a perfect generator would score on
 * as many. Reads the input {@code real} ({@link PointTable}), of it the first points of the role
 * {@code validation} if there are enough, else of {@code train}; writes the role {@code metrics}
 * with a protocol that starts with {@code real-points}.
 *
 * @param mixture what the points come from
 * @param points how many to score, as many as of the generated ones
 */
public record PointCeilingTask(PointMixture mixture, int points) implements ShardTask {
  /** What the protocol of the written rows starts with. */
  public static final String REAL_POINTS = "real-points";

  public PointCeilingTask {
    if (points < 1) {
      throw new IllegalArgumentException(
          "Cannot score %d real points: expected at least 1".formatted(points));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    String role = RealRole.of(context.input(EvaluateTask.REAL), points, "points");
    try (TableReader real = context.open(EvaluateTask.REAL, role)) {
      int[] first = IntStream.range(0, points).toArray();
      SelectedRows chosen = new SelectedRows(new TableRows(real, PointTable.POINT), first);
      return ShardResult.of(PointScores.of(chosen, mixture).real().write(context));
    }
  }
}
