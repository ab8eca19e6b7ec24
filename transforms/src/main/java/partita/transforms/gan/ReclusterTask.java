package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.cluster.Partition;
import partita.models.cluster.Reclustering;
import partita.models.gan.GanNetworks;
import partita.models.gan.RealData;
import partita.models.random.CounterRandom;
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
 * Divides the training rows anew by what the discriminator makes of them (Liu et al., CVPR 2020,
 * algorithm 1): k-means on its features of a random subset, then the nearest centroid for every
 * row.
 *
 * <p>Reads {@code data} (role {@code train}), {@code trained} (the state whose discriminator it is)
 * and, unless it is the first round, {@code previous} (the partition before). Writes the partition
 * ({@link CommittedPartition}) and the role {@code metrics}: how much it agrees with the one before
 * and, if asked, with the true classes.
 *
 * @param subset rows that are clustered, the same in every round
 * @param truth whether it is compared with the true classes, which every row must then have
 * @param keepDiscriminator whether the discriminator is committed with it (role {@code
 *     discriminator}), for training that asks it for the labels of augmented rows
 */
public record ReclusterTask(
    GanNetworks networks,
    GanDataset dataset,
    Reclustering clustering,
    int subset,
    boolean truth,
    boolean keepDiscriminator)
    implements MetricTask {
  public static final String DATA = "data";
  public static final String TRAINED = "trained";
  public static final String PREVIOUS = "previous";

  /** Fact: clusters that had no rows and began again elsewhere. */
  public static final String RESEEDED = "clusters.reseeded";

  public ReclusterTask {
    if (clustering.clusters() > subset) {
      throw new IllegalArgumentException(
          "Cannot find %d clusters in %d rows: expected at least as many rows as clusters; raise the subset or lower the number of clusters"
              .formatted(clustering.clusters(), subset));
    }
    if (networks.packing() > 1) {
      throw new IllegalArgumentException(
          "Cannot cluster the features of a discriminator that judges %d samples together: expected packing 1"
              .formatted(networks.packing()));
    }
  }

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
    TrainingState state = Segments.read(context, TRAINED);
    try (NDManager manager = Devices.manager(context.execution().device());
        TableReader table = context.open(DATA, IngestTask.TRAIN)) {
      RealData data = dataset.open(table, context.seed());
      DiscriminatorFeatures features =
          new DiscriminatorFeatures(context, manager, networks, state, data);
      long[] rows = subset(data.rows(), context.seed());
      Optional<int[]> before = before(context);
      Optional<int[]> old = before.map(labels -> pick(labels, rows));
      long seed = new CounterRandom(context.seed(), "cluster").bits(state.step(), 0, 0);
      Partition partition =
          old.isPresent()
              ? clustering.next(features.of(rows), old.get(), seed, () -> goOn(context))
              : clustering.first(features.of(rows), seed, () -> goOn(context));
      CommittedPartition committed =
          CommittedPartition.of(
              context, features, data.rows(), partition.centroids(), clustering.clusters());
      List<FileEntry> files = new ArrayList<>(committed.write(context, RowIds.of(table)));
      if (old.isPresent()) {
        files.add(
            CommittedPartition.writeMatching(
                context, partition.found(), old.get(), partition.labels()));
      }
      if (keepDiscriminator) {
        files.add(Segments.writeDiscriminator(context, state));
      }
      files.add(metrics(context, table, committed.labels(), before));
      return new ShardResult(files, Map.of(RESEEDED, partition.reseeded()));
    }
  }

  private FileEntry metrics(
      ShardContext context, TableReader table, int[] labels, Optional<int[]> before)
      throws IOException {
    ClusterRows rows = new ClusterRows(labels);
    before.ifPresent(rows::previous);
    if (truth) {
      rows.truth(RowIds.labels(table));
    }
    return rows.write(context);
  }

  private static Optional<int[]> before(ShardContext context) throws IOException {
    return context.inputs().artifacts().containsKey(PREVIOUS)
        ? Optional.of(CommittedPartition.labels(context, PREVIOUS))
        : Optional.empty();
  }

  private static void goOn(ShardContext context) throws IOException, InterruptedException {
    if (context.stopRequested()) {
      throw new InterruptedException("stopped while clustering");
    }
  }

  private long[] subset(long rows, long seed) {
    int count = Math.toIntExact(rows);
    if (subset > count) {
      throw new IllegalArgumentException(
          "Cannot cluster %,d rows: there are %,d to train on; lower cluster.subset"
              .formatted(subset, count));
    }
    return Arrays.stream(new CounterRandom(seed, "cluster.subset").permutation(count, 0))
        .limit(subset)
        .sorted()
        .asLongStream()
        .toArray();
  }

  private static int[] pick(int[] labels, long[] rows) {
    return Arrays.stream(rows).mapToInt(row -> labels[(int) row]).toArray();
  }
}
