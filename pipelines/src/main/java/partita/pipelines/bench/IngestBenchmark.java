package partita.pipelines.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.DatasetKind;
import partita.transforms.dataset.DatasetLocator;
import partita.transforms.dataset.DatasetOptions;
import partita.transforms.dataset.Datasets;
import partita.transforms.dataset.Ingest;
import partita.transforms.shard.ShardInputs;

/** Ingestion of Fashion-MNIST into an artifact: read, check, write, hash, force to disk. */
final class IngestBenchmark implements Benchmark {
  /** Side of the images; other sizes are asked for by the size {@code side}. */
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
      ingest(TRAIN + VALIDATION, SIDE);
      return Optional.empty();
    } catch (DatasetException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Ingest ingest(int images, int side) {
    int train = Math.min(TRAIN, images * 6 / 7);
    return Datasets.ingest(
        DatasetKind.IDX,
        "fashion-mnist",
        DatasetOptions.sized(side, 1, train, images - train),
        Optional.empty(),
        DatasetLocator.system(Path.of(System.getProperty("user.home"), ".cache", "partita")));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    Ingest ingest = ingest(order.size("n"), order.sizes().getOrDefault("side", SIDE));
    Map<String, String> files = new TreeMap<>();
    ingest.files().forEach((name, raw) -> files.put(name, raw.path().toString()));
    ShardInputs inputs = new ShardInputs(Map.of(), files);
    try (TemporaryFolder folder = TemporaryFolder.in(Path.of(order.folder()))) {
      return StageShards.measure(ingest.task(), inputs, folder.path(), order.threads());
    }
  }
}
