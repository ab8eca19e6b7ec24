package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.models.gan.GanNetworks;
import partita.models.gan.OnlineClusters;
import partita.models.gan.RealData;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.train.TrainingState;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;
import partita.transforms.metric.ClusterRows;
import partita.transforms.metric.MetricTask;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.train.Devices;

/**
 * The partition that centroids of the online variant make of the training rows, as they stand at
 * the end of a segment. Inputs and outputs are those of {@link ReclusterTask}, without a matching:
 * clusters keep their labels as they move.
 *
 * @param truth whether it is compared with the true classes
 */
public record OnlineClusterTask(GanNetworks networks, GanDataset dataset, boolean truth)
    implements MetricTask {

  /** Fact: clusters that began again since they first moved, in all segments. */
  private static final String RESEEDED_ONLINE = "clusters.reseeded.online";

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  /** One shard, so it has the engine with all threads. */
  @Override
  public boolean exclusive() {
    return true;
  }

  @Override
  public List<String> metrics() {
    return ClusterRows.names(truth);
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    TrainingState state = Segments.read(context, ReclusterTask.TRAINED);
    Map<String, NamedTensor> clusters = state.of(TensorRole.CLUSTER);
    try (NDManager manager = Devices.manager(context.execution().device());
        TableReader table = context.open(ReclusterTask.DATA, IngestTask.TRAIN)) {
      RealData data = dataset.open(table, context.seed());
      CommittedPartition committed =
          CommittedPartition.of(
              context,
              new DiscriminatorFeatures(context, manager, networks, state, data),
              data.rows(),
              floats(bytes(clusters, OnlineClusters.CENTROIDS).asDoubleBuffer()),
              networks.labels());
      List<FileEntry> files = new ArrayList<>(committed.write(context, RowIds.of(table)));
      ClusterRows rows =
          new ClusterRows(committed.labels())
              .previous(CommittedPartition.labels(context, ReclusterTask.PREVIOUS));
      if (truth) {
        rows.truth(RowIds.labels(table));
      }
      files.add(rows.write(context));
      return new ShardResult(
          files, reseeded(context, (long) bytes(clusters, OnlineClusters.RESEEDED).getFloat(0)));
    }
  }

  /** Reseeded clusters of this segment alone, as each clustering tells its own. */
  private static Map<String, Long> reseeded(ShardContext context, long total) {
    String before =
        context.input(ReclusterTask.PREVIOUS).facts().getOrDefault(RESEEDED_ONLINE, "0");
    return Map.of(ReclusterTask.RESEEDED, total - Long.parseLong(before), RESEEDED_ONLINE, total);
  }

  private static ByteBuffer bytes(Map<String, NamedTensor> clusters, String name) {
    NamedTensor tensor = clusters.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "Cannot read online clusters: the training state has no %s, only %s; train it with online labels"
              .formatted(name, clusters.keySet()));
    }
    return tensor.content().get().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(DoubleBuffer values) {
    float[] narrow = new float[values.remaining()];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values.get(i);
    }
    return narrow;
  }
}
