package partita.pipelines.bench;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;

/**
 * A file into the store, or out of it with its content verified, against the system's own programs.
 * What is written is on the disk at the end, on both sides.
 */
final class StoreBenchmark implements Benchmark {
  private static final int MEGABYTES = 512;
  private static final int MEGABYTE = 1 << 20;

  /** 0.7 of the programs' speed. */
  private static final double LIMIT = 1 / 0.7;

  private final boolean writes;

  /**
   * @param writes whether a file is written, else read
   */
  StoreBenchmark(boolean writes) {
    this.writes = writes;
  }

  @Override
  public String name() {
    return writes ? "store-write" : "store-read";
  }

  @Override
  public String title() {
    return writes
        ? "a file of n MiB hashed and forced to disk in the store"
        : "a file of n MiB in the store, all of it read and its SHA-256 compared";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", (int) Math.max(1, MEGABYTES * scale));
  }

  @Override
  public Target target() {
    return Target.ratio(LIMIT);
  }

  @Override
  public Optional<Peer> peer() {
    String programs = writes ? "cp, sync and sha256sum" : "sha256sum";
    return Optional.of(Peer.dumping(programs, name(), "numpy", "python3-numpy"));
  }

  @Override
  public Work work(Map<String, Integer> sizes) {
    return Work.memory((writes ? 2.0 : 1.0) * MEGABYTE * sizes.get("n"), sizes.get("n"));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ByteBuffer content = DumpedArray.open(order, "content", "uint8").bytes();
    try (TemporaryFolder folder = TemporaryFolder.in(Path.of(order.folder()))) {
      ArtifactStore store = ArtifactStores.open(folder.path().toString());
      Stopwatch watch = new Stopwatch();
      if (writes) {
        watch.time(() -> add(store, content));
      } else {
        FileEntry entry = add(store, content);
        watch.time(() -> store.blob(entry)); // which compares the digest of what is no table
      }
      return watch.median(Map.of());
    }
  }

  private static FileEntry add(ArtifactStore store, ByteBuffer content) throws Exception {
    Path file = store.temporary().resolve("content");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (ByteBuffer rest = content.duplicate(); rest.hasRemaining(); ) {
        out.write(rest);
      }
    }
    return store.addBlob(file, "content", 0, "", List.of());
  }
}
