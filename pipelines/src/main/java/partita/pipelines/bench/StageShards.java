package partita.pipelines.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/** A stage's shards without a runner around them. */
final class StageShards {
  /** Figure: bytes that the stage wrote. */
  static final String BYTES = "bytes";

  private StageShards() {}

  /**
   * Times all shards of a task.
   *
   * @param folder for a new artifact store
   * @param threads shards side by side
   */
  static Measurement measure(ShardTask task, ShardInputs inputs, Path folder, int threads)
      throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.toString());
    Stopwatch watch = new Stopwatch();
    List<FileEntry> written = watch.time(() -> run(task, inputs, store, threads));
    double bytes = written.stream().mapToLong(FileEntry::bytes).sum();
    return watch.median(Map.of(BYTES, bytes));
  }

  private static List<FileEntry> run(
      ShardTask task, ShardInputs inputs, ArtifactStore store, int threads) throws Exception {
    Execution execution = new Execution("cpu", 1, 60);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<ShardResult>> shards = new ArrayList<>();
      for (int i = 0; i < task.shards(inputs); i++) {
        int shard = i;
        ShardContext context =
            new ShardContext(store, inputs, store.work("bench"), execution, 0, shard);
        shards.add(workers.submit(() -> task.run(shard, context)));
      }
      List<FileEntry> written = new ArrayList<>();
      for (Future<ShardResult> shard : shards) {
        written.addAll(shard.get().files());
      }
      return written;
    } finally {
      workers.shutdown();
    }
  }
}
