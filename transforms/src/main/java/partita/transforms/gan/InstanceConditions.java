package partita.transforms.gan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import partita.models.network.BigGanConfig;
import partita.models.random.CounterRandom;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.InstanceTable;
import partita.schemas.table.TableReader;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.MappedNeighborhoods;

/**
 * Sample s is conditioned on the selected instance s mod K and, where there are classes too, on the
 * class of one of its neighbors, drawn uniformly as in training.
 */
final class InstanceConditions implements SampleConditions {
  private final List<TableReader> open = new ArrayList<>();
  private final long[] ids;
  private final long[] rows;
  private final TableReader features;
  private final Classes classes;

  /** Class of a sample on the instance at a row. */
  private interface Classes {
    int of(long sample, long row) throws IOException;
  }

  InstanceConditions(ShardContext context, BigGanConfig network, CounterRandom random)
      throws IOException {
    try {
      TableReader instances = table(context, SampleTask.INSTANCES, SampleTask.INSTANCES);
      ids = instances.longs(InstanceTable.ID);
      rows = instances.longs(InstanceTable.ROW);
      features = table(context, SampleTask.FEATURES, TrainIcGanTask.TRAIN);
      classes = network.classes() > 0 ? ofNeighbors(context, random) : (sample, row) -> NONE;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Classes ofNeighbors(ShardContext context, CounterRandom random) throws IOException {
    MappedNeighborhoods neighbors =
        new MappedNeighborhoods(table(context, TrainIcGanTask.NEIGHBORS, TrainIcGanTask.NEIGHBORS));
    int[] labels =
        table(context, TrainIcGanTask.IMAGES, TrainIcGanTask.TRAIN).ints(ImageTable.LABEL);
    return (sample, row) -> {
      int rank = random.below(neighbors.k(), 0, sample, 0);
      return labels[Math.toIntExact(neighbors.neighbor(row, rank))];
    };
  }

  private TableReader table(ShardContext context, String input, String role) throws IOException {
    TableReader reader = context.open(input, role);
    open.add(reader);
    return reader;
  }

  @Override
  public Batch of(long first, int count) throws IOException {
    long[] instances = new long[count];
    long[] wanted = new long[count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      int instance = (int) ((first + i) % rows.length);
      instances[i] = ids[instance];
      wanted[i] = rows[instance];
      labels[i] = classes.of(first + i, rows[instance]);
    }
    return new Batch(instances, labels, features(wanted));
  }

  private float[] features(long[] wanted) throws IOException {
    int width = features.schema().column(FeatureTable.FEATURE).elements();
    ByteBuffer bytes =
        ByteBuffer.allocate(wanted.length * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    features.gather(FeatureTable.FEATURE, wanted, bytes);
    float[] values = new float[wanted.length * width];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    open.forEach(TableReader::close);
  }
}
