package partita.transforms.score;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableWriter;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Takes over a {@link FeatureFile}, the raw input {@link #FILE}, as a {@link FeatureTable} of the
 * role {@link ImageSetIngest#ALL}; ids are the numbers of the rows.
 */
public record ImportFeaturesTask() implements ShardTask {
  /** Raw input: the file. */
  public static final String FILE = "file";

  private static final int ROWS_PER_BATCH = 1024;

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  /** Numbers are taken over as they are. */
  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (FeatureFile file = FeatureFile.open(Path.of(context.inputs().file(FILE)));
        TableWriter writer =
            context.writer(ImageSetIngest.ALL, FeatureTable.schema(file.width()), ROWS_PER_BATCH)) {
      ShardMeter meter = new ShardMeter(context, "rows", file.rows());
      FloatBuffer block = FloatBuffer.allocate(ROWS_PER_BATCH * file.width());
      for (long first = 0; first < file.rows(); first += ROWS_PER_BATCH) {
        int count = (int) Math.min(ROWS_PER_BATCH, file.rows() - first);
        file.read(first, count, block.clear());
        float[] values = Arrays.copyOf(block.array(), count * file.width());
        writer.append(count, LongStream.range(first, first + count).toArray(), values);
        meter.count(count);
      }
      return ShardResult.of(writer.commit());
    }
  }
}
