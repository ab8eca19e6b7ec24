package partita.pipelines.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.DatasetKind;
import partita.transforms.dataset.DatasetLocator;
import partita.transforms.dataset.DatasetOptions;
import partita.transforms.dataset.Datasets;
import partita.transforms.dataset.Ingest;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;

/** Ingestion of Fashion-MNIST into an artifact: read, check, write, hash, force to disk. */
final class IngestBenchmark implements Benchmark {
  private static final int SIDE = 28;
  private static final int TRAIN = 60_000;
  private static final int VALIDATION = 10_000;

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String title() {
    return "Fashion-MNIST, n images of 28x28, into an artifact on disk";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", (int) Math.max(100, (TRAIN + VALIDATION) * scale));
  }

  @Override
  public Target target() {
    return Target.rate(5_000, "images/s");
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.empty();
  }

  /** Each pixel is read once and written once. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    double images = sizes.get("n");
    return Work.memory(2 * images * SIDE * SIDE, images);
  }

  @Override
  public Optional<String> missing() {
    try {
      ingest(TRAIN + VALIDATION);
      return Optional.empty();
    } catch (DatasetException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Ingest ingest(int images) {
    int train = Math.min(TRAIN, images * 6 / 7);
    return Datasets.ingest(
        DatasetKind.IDX,
        "fashion-mnist",
        DatasetOptions.sized(SIDE, 1, train, images - train),
        Optional.empty(),
        DatasetLocator.system(Path.of(System.getProperty("user.home"), ".cache", "partita")));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    Ingest ingest = ingest(order.size("n"));
    Map<String, String> files = new TreeMap<>();
    ingest.files().forEach((name, raw) -> files.put(name, raw.path().toString()));
    ShardInputs inputs = new ShardInputs(Map.of(), files);
    try (TemporaryFolder folder = TemporaryFolder.in(Path.of(order.folder()))) {
      ArtifactStore store = ArtifactStores.open(folder.path().toString());
      Stopwatch watch = new Stopwatch();
      List<FileEntry> written = watch.time(() -> run(ingest, inputs, store, order.threads()));
      long bytes = written.stream().mapToLong(FileEntry::bytes).sum();
      return watch.median(Map.of("bytes", (double) bytes));
    }
  }

  /** The stage's shards, as many side by side as there are threads. */
  private static List<FileEntry> run(
      Ingest ingest, ShardInputs inputs, ArtifactStore store, int threads) throws Exception {
    Execution execution = new Execution("cpu", 1, 60);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<ShardResult>> shards = new ArrayList<>();
      for (int i = 0; i < ingest.task().shards(inputs); i++) {
        int shard = i;
        ShardContext context =
            new ShardContext(store, inputs, store.work("ingest"), execution, 0, shard);
        shards.add(workers.submit(() -> ingest.task().run(shard, context)));
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
