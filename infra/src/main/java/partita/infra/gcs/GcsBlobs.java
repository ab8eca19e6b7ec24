package partita.infra.gcs;

import com.google.cloud.storage.BlobInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Sha256;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.WriteFailure;

/** The blobs of a store: objects named by the SHA-256 of their bytes, each with a local copy. */
final class GcsBlobs {
  /** One thread of this JVM at a time downloads a blob; blobs that share a lock only wait. */
  private static final Object[] DOWNLOADS = new Object[64];

  static {
    Arrays.setAll(DOWNLOADS, i -> new Object());
  }

  private final GcsObjects objects;
  private final LocalCache cache;

  GcsBlobs(GcsObjects objects, LocalCache cache) {
    this.objects = objects;
    this.cache = cache;
  }

  /** Whether the bucket has all of some blobs, each with its size. */
  boolean present(List<FileEntry> entries) throws IOException {
    return SideBySide.map(
            entries,
            entry -> objects.stat(name(entry)).filter(blob -> sized(blob, entry)).isPresent())
        .stream()
        .allMatch(present -> present);
  }

  /** Refuses the first of some blobs that the bucket lacks or has with another size. */
  void require(List<FileEntry> entries) throws IOException {
    SideBySide.map(entries, this::stat);
  }

  private static boolean sized(BlobInfo blob, FileEntry entry) {
    return blob.getSize() == entry.bytes();
  }

  /** Uploads a file unless its bytes are in the bucket already, and moves it into the cache. */
  void add(Path file, FileEntry entry) throws IOException {
    String crc32c = Crc32c.of(file);
    boolean equal = false;
    OptionalLong written = OptionalLong.empty();
    while (!equal && written.isEmpty()) {
      Optional<BlobInfo> there = objects.stat(name(entry));
      equal =
          there.filter(blob -> sized(blob, entry) && crc32c.equals(blob.getCrc32c())).isPresent();
      if (equal) {
        equal = objects.touch(name(entry)); // or else it may be removed before it is committed
      } else {
        // Over other bytes of this name too: they are damaged.
        long expected = there.map(BlobInfo::getGeneration).orElse(GcsObjects.ABSENT);
        written = objects.upload(name(entry), file, crc32c, expected);
      }
    }
    keep(file, entry);
  }

  /**
   * The local copy of a blob, downloaded when it is not here. The bucket is asked in any case, or a
   * blob that is gone from it would seem to be in the store as long as its copy is.
   */
  Path fetch(FileEntry entry) throws IOException {
    BlobInfo found = stat(entry);
    Path copy = cache.blob(entry.sha256());
    synchronized (DOWNLOADS[Math.floorMod(entry.sha256().hashCode(), DOWNLOADS.length)]) {
      if (!sound(copy, entry)) {
        download(entry, found);
      }
    }
    return copy;
  }

  /** A table's reader checks its batches; whatever else there is, is small. */
  private static boolean sound(Path copy, FileEntry entry) throws IOException {
    return Files.isRegularFile(copy)
        && Files.size(copy) == entry.bytes()
        && (entry.table() || Sha256.of(copy).equals(entry.sha256()));
  }

  private void download(FileEntry entry, BlobInfo found) throws IOException {
    Path file = cache.temporary().next(".blob");
    try {
      BlobInfo current = found;
      while (!objects.download(name(entry), current, file)) {
        current = stat(entry);
      }
      checkContent(entry, file);
      keep(file, entry);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** What the bucket has of a blob, with the size that it should have. */
  private BlobInfo stat(FileEntry entry) throws IOException {
    Optional<BlobInfo> found = objects.stat(name(entry));
    if (found.isEmpty()) {
      throw new NoSuchFileException(
          "Cannot read %s: its blob %s is missing; run its stage again"
              .formatted(entry.name(), objects.address(name(entry))));
    }
    if (!sized(found.get(), entry)) {
      throw new IOException(
          "Cannot read %s: its blob %s has %,d bytes, expected %,d; run its stage again"
              .formatted(
                  entry.name(),
                  objects.address(name(entry)),
                  found.get().getSize(),
                  entry.bytes()));
    }
    return found.get();
  }

  /** The cache is shared by all buckets, so no bucket may put other bytes under a name there. */
  private void checkContent(FileEntry entry, Path file) throws IOException {
    String sha256 = Sha256.of(file);
    if (!sha256.equals(entry.sha256())) {
      throw new IOException(
          "Cannot read %s: its blob %s holds bytes with SHA-256 %s; remove it and run its stage again"
              .formatted(entry.name(), objects.address(name(entry)), sha256));
    }
  }

  private void keep(Path file, FileEntry entry) throws IOException {
    Path copy = cache.blob(entry.sha256());
    try {
      cache.keep(file, copy);
    } catch (IOException e) {
      throw WriteFailure.of("copy of " + entry.name(), cache.folder(), e);
    }
    // A guard against a slip only; where the system refuses, nothing is lost.
    boolean unused = copy.toFile().setReadOnly();
  }

  private static String name(FileEntry entry) {
    return StoreLayout.blob(entry.sha256());
  }
}
