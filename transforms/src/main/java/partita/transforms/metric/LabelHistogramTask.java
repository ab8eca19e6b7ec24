package partita.transforms.metric;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import partita.schemas.table.HistogramTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * How many rows have each label: images of a class, samples of a mode. Reads a column of whole
 * numbers (INT32) of one role of the input {@code images}, writes the role {@code histogram}
 * ({@link HistogramTable}): one row a shard, which {@link #read} adds up.
 *
 * @param role role of the rows
 * @param column with the labels
 * @param classes labels are {@code 0 .. classes - 1}; -1, for none, is not counted
 * @param rowsPerShard rows of each shard but the last
 */
public record LabelHistogramTask(String role, String column, int classes, int rowsPerShard)
    implements ShardTask {
  /** Input with the labels. */
  public static final String IMAGES = "images";

  /** Role of the written table. */
  public static final String HISTOGRAM = "histogram";

  public LabelHistogramTask {
    if (classes < 1 || rowsPerShard < 1) {
      throw new IllegalArgumentException(
          "Cannot count %d classes in shards of %d rows: expected at least 1 of both"
              .formatted(classes, rowsPerShard));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    long rows = inputs.artifact(IMAGES).rows(role);
    return Math.toIntExact(Math.max(1, (rows + rowsPerShard - 1) / rowsPerShard));
  }

  /** Whole numbers are added. */
  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (TableReader table = context.open(IMAGES, role);
        TableWriter writer = context.writer(HISTOGRAM, HistogramTable.schema(classes), 1)) {
      long first = (long) shard * rowsPerShard;
      int count = (int) Math.min(rowsPerShard, table.rows() - first);
      ByteBuffer labels =
          ByteBuffer.allocate(Math.multiplyExact(count, Integer.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      table.read(column, first, count, labels);
      labels.flip();
      long[] counts = new long[classes];
      for (int i = 0; i < count; i++) {
        int label = labels.getInt();
        if (label < -1 || label >= classes) {
          throw new IllegalArgumentException(
              "Cannot count labels: row %d has label %d, expected -1 to %d"
                  .formatted(first + i, label, classes - 1));
        }
        if (label >= 0) {
          counts[label]++;
        }
      }
      writer.append(1, (Object) counts);
      return ShardResult.of(writer.commit());
    }
  }

  /**
   * The counts of all rows.
   *
   * @param histogram the role {@link #HISTOGRAM} of the stage's artifact
   * @return rows of each label
   */
  public static long[] read(TableReader histogram) throws IOException {
    int classes = histogram.schema().column(HistogramTable.COUNTS).elements();
    LongBuffer parts = LongBuffer.wrap(histogram.longs(HistogramTable.COUNTS));
    long[] counts = new long[classes];
    for (int i = 0; parts.hasRemaining(); i = (i + 1) % classes) {
      counts[i] += parts.get();
    }
    return counts;
  }
}
