package partita.transforms.dataset;

import java.io.IOException;
import partita.models.synthetic.GaussianMixture;
import partita.schemas.table.PointTable;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;

/**
 * Draws points of a mixture of Gaussians; the label is the mode.
 *
 * @param mixture which one
 * @param train points for training
 * @param validation points for validation
 * @param pointsPerShard points in a shard
 */
public record PointIngest(PointMixture mixture, int train, int validation, int pointsPerShard)
    implements IngestTask {
  private static final int ROWS_PER_BATCH = 1 << 16;

  @Override
  public int shards(ShardInputs inputs) {
    return plan().shards();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    SplitShards.Range range = plan().range(shard);
    GaussianMixture gaussians = mixture.gaussians();
    ShardMeter meter = new ShardMeter(context, "points", range.count());
    try (TableWriter writer = context.writer(range.role(), PointTable.schema(), ROWS_PER_BATCH)) {
      for (int i = 0; i < range.count(); i++) {
        long id = range.firstId() + i;
        GaussianMixture.Point point = gaussians.point(context.seed(), id);
        writer.append(
            1, new long[] {id}, new int[] {point.mode()}, new float[] {point.x(), point.y()});
        meter.count();
      }
      return ShardResult.of(writer.commit());
    }
  }

  private SplitShards plan() {
    return new SplitShards(train, validation, pointsPerShard);
  }
}
