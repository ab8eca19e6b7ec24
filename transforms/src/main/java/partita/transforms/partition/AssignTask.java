package partita.transforms.partition;

import java.io.IOException;
import java.util.Map;
import partita.models.cluster.Assignment;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * The cluster of every training row. Reads the role {@code train} of the input {@code features} and
 * the role {@code centroids} of the input {@code centroids} ({@link KMeansTask}), writes the role
 * {@code assignments} ({@link AssignmentTable}).
 *
 * @param rowsPerShard rows of a shard
 * @param normalize as in the clustering
 */
public record AssignTask(int rowsPerShard, boolean normalize) implements ShardTask {
  /** Role of the written table. */
  public static final String ASSIGNMENTS = "assignments";

  private static final int ROWS_PER_BATCH = 4096;

  @Override
  public int shards(ShardInputs inputs) {
    return RowShards.of(inputs, rowsPerShard).shards();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    RowShards shards = RowShards.of(context.inputs(), rowsPerShard);
    long first = shards.first(shard);
    int count = shards.count(shard);
    long start = System.nanoTime();
    try (TableReader features = context.open(RowShards.FEATURES, RowShards.TRAIN);
        TableReader table = context.open(KMeansTask.CENTROIDS, KMeansTask.CENTROIDS);
        TableWriter writer =
            context.writer(ASSIGNMENTS, AssignmentTable.schema(), ROWS_PER_BATCH)) {
      RowSource centroids =
          new ArrayRows(
              table.floats(CentroidTable.CENTROID),
              table.schema().column(CentroidTable.CENTROID).elements());
      Assignment assignment =
          Assignment.of(KMeansTask.rows(features, normalize), centroids, first, count);
      writer.append(
          count,
          FeatureIds.read(features, first, count),
          assignment.clusters(),
          assignment.squaredDistances());
      double seconds = Math.max(1e-9, (System.nanoTime() - start) / 1e9);
      context.progress(new Progress(count, count, "rows", count / seconds, Map.of()));
      return ShardResult.of(writer.commit());
    }
  }
}
