package partita.transforms.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import partita.models.op.NativeThreads;
import partita.models.random.CounterRandom;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.KeyHasher;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.WorkArea;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.InstanceTable;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Runs tasks shard by shard on one thread against a store in a folder, and makes the artifacts that
 * they read: gray 32x32 images of a bright or a dark disc, which is their label.
 */
public final class TestStages {
  public static final int SIDE = 32;
  public static final int K = 3;

  private final ArtifactStore store;
  private final Execution execution;

  public TestStages(Path root, double checkpointSeconds) throws Exception {
    store = ArtifactStores.open(root.toString());
    execution = new Execution("cpu", 1, checkpointSeconds);
    NativeThreads.set(1);
  }

  public ArtifactStore store() {
    return store;
  }

  /** Runs all shards, from the last to the first, and commits what they wrote. */
  public Manifest run(String name, ShardTask task, long seed, Map<String, Manifest> inputs)
      throws Exception {
    return run(name, task, seed, inputs, Map.of());
  }

  /** The same with raw inputs. */
  public Manifest run(
      String name,
      ShardTask task,
      long seed,
      Map<String, Manifest> inputs,
      Map<String, String> files)
      throws Exception {
    ShardInputs read = new ShardInputs(inputs, files);
    List<FileEntry> written = new ArrayList<>();
    TreeMap<String, String> facts = new TreeMap<>();
    for (int shard = task.shards(read) - 1; shard >= 0; shard--) {
      ShardResult result = task.run(shard, context(store.work(key(name)), seed, shard, read));
      written.addAll(result.files());
      result.counts().forEach((fact, count) -> facts.put(fact, Long.toString(count)));
    }
    return commit(name, written, facts);
  }

  public ShardContext context(WorkArea work, long seed, int shard, ShardInputs inputs) {
    return new ShardContext(store, inputs, work, execution, seed, shard);
  }

  /** Key under which an artifact of this name is committed. */
  public static String key(String name) {
    return new KeyHasher("test").put("name", name).digest();
  }

  /** Images with labels in turn, in roles {@code train} and {@code validation}. */
  public Manifest images(int train, int validation) throws Exception {
    return commit(
        "images",
        List.of(imageFile("train", 0, train), imageFile("validation", train, validation)),
        new TreeMap<>());
  }

  private FileEntry imageFile(String role, int firstId, int rows) throws Exception {
    CounterRandom random = new CounterRandom(11, role);
    long[] ids = new long[rows];
    int[] labels = new int[rows];
    byte[] pixels = new byte[rows * SIDE * SIDE];
    for (int row = 0; row < rows; row++) {
      ids[row] = 1000 + firstId + row;
      labels[row] = row % 2;
      double x = 8 + 16 * random.uniform(0, row, 0);
      double y = 8 + 16 * random.uniform(0, row, 1);
      for (int i = 0; i < SIDE * SIDE; i++) {
        boolean inside = Math.hypot(i % SIDE - x, (double) (i / SIDE) - y) < 6;
        int value = !inside ? 128 : row % 2 == 0 ? 20 : 235;
        pixels[row * SIDE * SIDE + i] = (byte) value;
      }
    }
    try (TableWriter writer =
        TableWriter.create(store, role + "/00000.arrow", ImageTable.schema(1, SIDE, SIDE), 16)) {
      writer.append(rows, ids, labels, pixels);
      return writer.commit();
    }
  }

  /** Color samples of no latent vector or label, in role {@code samples}. */
  public Manifest samples(String name, int side, byte[] pixels) throws Exception {
    int rows = pixels.length / (3 * side * side);
    TableSchema schema = SampleTable.schema(1, 3, side, side);
    try (TableWriter writer = TableWriter.create(store, "samples/00000.arrow", schema, 16)) {
      long[] ids = LongStream.range(0, rows).toArray();
      writer.append(rows, ids, new long[rows], new int[rows], new float[rows], pixels);
      return commit(name, List.of(writer.commit()), new TreeMap<>());
    }
  }

  /** Given features {@code [rows, width]}, in role {@code train}. */
  public Manifest features(int rows, float[] features) throws Exception {
    long[] ids = LongStream.range(1000, 1000 + rows).toArray();
    TableSchema schema = FeatureTable.schema(features.length / rows);
    try (TableWriter writer = TableWriter.create(store, "train/00000.arrow", schema, 16)) {
      writer.append(rows, ids, features);
      return commit("features", List.of(writer.commit()), new TreeMap<>());
    }
  }

  /** Samples with given class scores {@code [rows, classes]}, in role {@code samples}. */
  public Manifest logits(int rows, float[] logits) throws Exception {
    TableSchema schema = FeatureTable.schema(1, logits.length / rows);
    try (TableWriter writer = TableWriter.create(store, "samples/00000.arrow", schema, 16)) {
      writer.append(rows, LongStream.range(0, rows).toArray(), new float[rows], logits);
      return commit("logits", List.of(writer.commit()), new TreeMap<>());
    }
  }

  /** The next {@link #K} rows of the same label as neighbors of each. */
  public Manifest neighbors(int rows) throws Exception {
    long[] ids = new long[rows];
    long[] neighbors = new long[rows * K];
    float[] similarities = new float[rows * K];
    for (int row = 0; row < rows; row++) {
      ids[row] = 1000 + row;
      for (int j = 0; j < K; j++) {
        neighbors[row * K + j] = (row + 2L * (j + 1)) % rows;
        similarities[row * K + j] = 1 - 0.1f * j;
      }
    }
    try (TableWriter writer =
        TableWriter.create(store, "neighbors/00000.arrow", NeighborTable.schema(K), 16)) {
      writer.append(rows, ids, neighbors, similarities);
      return commit("neighbors", List.of(writer.commit()), new TreeMap<>());
    }
  }

  /** Rows 0, 5, 10, ... as selected instances. */
  public Manifest instances(int count) throws Exception {
    long[] ids = new long[count];
    long[] rows = new long[count];
    int[] clusters = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = 5L * i;
      ids[i] = 1000 + rows[i];
      clusters[i] = i;
    }
    try (TableWriter writer =
        TableWriter.create(store, "instances/00000.arrow", InstanceTable.schema(), 16)) {
      writer.append(count, ids, rows, clusters);
      return commit("instances", List.of(writer.commit()), new TreeMap<>());
    }
  }

  private Manifest commit(String name, List<FileEntry> files, TreeMap<String, String> facts)
      throws Exception {
    return store.commit(
        new Manifest(
            ArtifactStore.STORE_VERSION,
            name,
            key(name),
            key("recipe " + name),
            new TreeMap<>(),
            0,
            key("code"),
            "none",
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            files,
            facts,
            new Manifest.Provenance("test", "2026-01-01T00:00:00Z", 0, "PyTorch 2.7.1")));
  }
}
