package partita.pipelines.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import partita.models.op.NativeThreads;
import partita.models.random.CounterRandom;
import partita.models.train.IcGanTraining;
import partita.models.train.InstanceData;
import partita.models.train.InstanceDraws;
import partita.models.train.PairDraws;
import partita.models.train.Position;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.row.TableRows;
import partita.transforms.train.MappedImages;
import partita.transforms.train.MappedNeighborhoods;

/**
 * What a step of IC-GAN reads from memory-mapped tables: for each of a batch of instances its
 * features, and the pixels of one of its neighbors as a tensor. The tables are written before the
 * timing and so are in the page cache; checking each batch's checksum on first touch is timed.
 */
final class SamplingBenchmark implements Benchmark {
  private static final int SIDE = 28;
  private static final int FEATURES = 512;
  private static final int NEIGHBORS = 50;
  private static final int ROWS = 60_000;
  private static final int ROWS_PER_TABLE_BATCH = 1000;
  private static final int BATCH = 64;
  private static final long SEED = 1;

  @Override
  public String name() {
    return "sampling";
  }

  @Override
  public String title() {
    return "n pairs of an instance's %d features and a random neighbor's %dx%d image, from mapped tables of 60,000"
        .formatted(FEATURES, SIDE, SIDE);
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", BATCH * (int) Math.max(1, 7_813 * scale));
  }

  @Override
  public Target target() {
    return Target.rate(50_000, "rows/s");
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.empty();
  }

  /** Bytes of a row are read from the map; its features, and its pixels as float32, are written. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    double pixels = (double) SIDE * SIDE;
    double features = (double) FEATURES * Float.BYTES;
    double rowBytes = pixels + Long.BYTES + features + features + pixels * Float.BYTES;
    return Work.memory(sizes.get("n") * rowBytes, sizes.get("n"));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    NativeThreads.set(order.threads());
    try (TemporaryFolder folder = TemporaryFolder.in(Path.of(order.folder()));
        NDManager manager = NDManager.newBaseManager("PyTorch");
        TableReader images = images(folder.path());
        TableReader features = features(folder.path());
        TableReader neighbors = neighbors(folder.path())) {
      InstanceData data =
          new InstanceData(
              new MappedImages(images),
              new TableRows(features, FeatureTable.FEATURE),
              Optional.empty(),
              new MappedNeighborhoods(neighbors));
      InstanceDraws draws = new InstanceDraws(manager, data, IcGanTraining.reference(BATCH), SEED);
      int batches = order.size("n") / BATCH;
      Stopwatch watch = new Stopwatch();
      watch.time(
          () -> {
            for (int step = 0; step < batches; step++) {
              draw(draws, new Position(step, 0, 0, step));
            }
            return batches;
          });
      return watch.median(Map.of());
    }
  }

  private static void draw(InstanceDraws draws, Position position) throws IOException {
    PairDraws.Pairs pairs = draws.real(position);
    pairs.images().close();
    pairs.condition().parts().values().forEach(NDArray::close);
  }

  private static TableReader images(Path folder) throws IOException {
    byte[] pixels = new byte[ROWS_PER_TABLE_BATCH * SIDE * SIDE];
    return table(
        folder.resolve("images.arrow"),
        ImageTable.schema(1, SIDE, SIDE),
        first -> new Object[] {ids(first), new int[ROWS_PER_TABLE_BATCH], pixels});
  }

  private static TableReader features(Path folder) throws IOException {
    float[] values = new float[ROWS_PER_TABLE_BATCH * FEATURES];
    return table(
        folder.resolve("features.arrow"),
        FeatureTable.schema(FEATURES),
        first -> new Object[] {ids(first), values});
  }

  /** Neighbors anywhere in the table: the page cache, not the processor's, has to give them. */
  private static TableReader neighbors(Path folder) throws IOException {
    CounterRandom random = new CounterRandom(SEED, "bench.neighbors");
    return table(
        folder.resolve("neighbors.arrow"),
        NeighborTable.schema(NEIGHBORS),
        first -> {
          long[] rows = new long[ROWS_PER_TABLE_BATCH * NEIGHBORS];
          for (int i = 0; i < rows.length; i++) {
            rows[i] = random.below(ROWS, first, i, 0);
          }
          return new Object[] {ids(first), rows, new float[rows.length]};
        });
  }

  private static long[] ids(long first) {
    return LongStream.range(first, first + ROWS_PER_TABLE_BATCH).toArray();
  }

  /** Columns of the rows from {@code first} on, a batch of them. */
  private interface Columns {
    Object[] from(long first);
  }

  private static TableReader table(Path file, TableSchema schema, Columns columns)
      throws IOException {
    try (TableWriter writer =
        TableWriter.create(file, file.getFileName().toString(), schema, ROWS_PER_TABLE_BATCH)) {
      for (int first = 0; first < ROWS; first += ROWS_PER_TABLE_BATCH) {
        writer.append(ROWS_PER_TABLE_BATCH, columns.from(first));
      }
      FileEntry entry = writer.commit();
      return TableReader.openFile(file, entry);
    }
  }
}
