package partita.transforms.row;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.StopSignal;

/** A store of its own in which tasks run shard by shard, without a pipeline. */
public final class TaskRun {
  private final ArtifactStore store;

  public TaskRun(Path root) throws IOException {
    store = ArtifactStores.open(root.toString());
  }

  /** Asks every task that runs from now on to stop. */
  public void requestStop() throws IOException {
    StopSignal.raise(store.work("0".repeat(64)));
  }

  /** An artifact of one table in one role. */
  public Manifest table(String role, TableSchema schema, int rows, Object... columns)
      throws IOException {
    return table(new TreeMap<>(), role, schema, rows, columns);
  }

  /** The same, made from inputs of the given content digests. */
  public Manifest table(
      SortedMap<String, String> inputs,
      String role,
      TableSchema schema,
      int rows,
      Object... columns)
      throws IOException {
    try (TableWriter writer = TableWriter.create(store, role + "/00000.arrow", schema, 100)) {
      writer.append(rows, columns);
      return manifest("test", inputs, List.of(writer.commit()), new TreeMap<>());
    }
  }

  /** Runs all shards, the last first if asked to. */
  public Manifest run(ShardTask task, Map<String, Manifest> artifacts, long seed, boolean backwards)
      throws Exception {
    ShardInputs inputs = new ShardInputs(artifacts, Map.of());
    List<Integer> shards =
        new ArrayList<>(IntStream.range(0, task.shards(inputs)).boxed().toList());
    if (backwards) {
      Collections.reverse(shards);
    }
    List<FileEntry> files = new ArrayList<>();
    TreeMap<String, String> facts = new TreeMap<>();
    for (int shard : shards) {
      ShardContext context =
          new ShardContext(
              store, inputs, store.work("0".repeat(64)), new Execution("cpu", 1, 60), seed, shard);
      ShardResult result = task.run(shard, context);
      files.addAll(result.files());
      result.counts().forEach((name, count) -> facts.put(name, count.toString()));
    }
    files.sort(Comparator.comparing(FileEntry::name));
    return manifest("test", new TreeMap<>(), files, facts);
  }

  public Manifest run(ShardTask task, Map<String, Manifest> artifacts) throws Exception {
    return run(task, artifacts, 1, false);
  }

  public TableReader open(Manifest artifact, String role) throws IOException {
    return TableReader.open(store, artifact, role);
  }

  private static Manifest manifest(
      String stage,
      SortedMap<String, String> inputs,
      List<FileEntry> files,
      TreeMap<String, String> facts) {
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        stage,
        "0".repeat(64),
        "0".repeat(64),
        new TreeMap<>(),
        1,
        "0".repeat(64),
        "none",
        0,
        inputs,
        new TreeMap<>(),
        files,
        facts,
        new Manifest.Provenance("test", "2026-01-01T00:00:00Z", 0, "none"));
  }
}
