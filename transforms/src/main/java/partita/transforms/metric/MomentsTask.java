package partita.transforms.metric;

import java.io.IOException;
import partita.models.metric.Moments;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.MomentsTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Mean and covariance of a set of features, once for all that are compared with it. Reads one role
 * of the input {@code features} ({@link FeatureTable}), writes the role {@code moments} ({@link
 * MomentsTable}): one row a block of {@link Moments#BLOCK_ROWS} features, so that neither the
 * features nor more than two blocks' moments are ever in memory and the shards do not show in the
 * result. {@link #read} merges them.
 *
 * @param role role of the features
 * @param blocksPerShard blocks of each shard but the last
 */
public record MomentsTask(String role, int blocksPerShard) implements ShardTask {
  /** Input with the features. */
  public static final String FEATURES = "features";

  /** Role of the written table. */
  public static final String MOMENTS = "moments";

  public MomentsTask {
    if (blocksPerShard < 1) {
      throw new IllegalArgumentException(
          "Cannot cut shards of " + blocksPerShard + " blocks: expected at least 1");
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    int blocks = Moments.blocks(inputs.artifact(FEATURES).rows(role));
    return Math.max(1, (blocks + blocksPerShard - 1) / blocksPerShard);
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (TableReader table = context.open(FEATURES, role)) {
      TableRows rows = new TableRows(table, FeatureTable.FEATURE);
      int first = shard * blocksPerShard;
      int end = Math.min(first + blocksPerShard, Moments.blocks(rows.rows()));
      ShardMeter meter = new ShardMeter(context, "blocks", end - first);
      try (TableWriter writer = context.writer(MOMENTS, MomentsTable.schema(rows.width()), 1)) {
        for (int block = first; block < end; block++) {
          Moments moments = Moments.ofBlock(rows, block);
          writer.append(1, new long[] {moments.count()}, moments.mean(), moments.scatter());
          meter.count();
        }
        return ShardResult.of(writer.commit());
      }
    }
  }

  /**
   * The moments of all features, equal to {@link Moments#of} to the bit.
   *
   * @param moments the role {@link #MOMENTS} of the stage's artifact
   */
  public static Moments read(TableReader moments) throws IOException {
    Moments total = block(moments, 0);
    for (long row = 1; row < moments.rows(); row++) {
      total = total.merge(block(moments, row));
    }
    return total;
  }

  private static Moments block(TableReader moments, long row) throws IOException {
    return new Moments(
        moments.bytes(MomentsTable.COUNT, row).getLong(),
        doubles(moments, MomentsTable.MEAN, row),
        doubles(moments, MomentsTable.SCATTER, row));
  }

  private static double[] doubles(TableReader moments, String column, long row) throws IOException {
    double[] values = new double[moments.schema().column(column).elements()];
    moments.bytes(column, row).asDoubleBuffer().get(values);
    return values;
  }
}
