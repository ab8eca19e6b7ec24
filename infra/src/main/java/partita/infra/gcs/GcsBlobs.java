package partita.infra.gcs;

import com.google.cloud.storage.BlobInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
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

  /** Whether the bucket has a blob with its size. */
  boolean present(FileEntry entry) throws IOException {
    return objects
        .stat(StoreLayout.blob(entry.sha256()))
        .filter(blob -> blob.getSize() == entry.bytes())
        .isPresent();
  }

  /** Uploads a file unless its bytes are in the bucket already, and moves it into the cache. */
  void add(Path file, FileEntry entry) throws IOException {
    String name = StoreLayout.blob(entry.sha256());
    String crc32c = Crc32c.of(file);
    OptionalLong written = OptionalLong.empty();
    boolean equal = false;
    while (!equal && written.isEmpty()) {
      Optional<BlobInfo> there = objects.stat(name);
      equal =
          there
              .filter(blob -> blob.getSize() == entry.bytes() && crc32c.equals(blob.getCrc32c()))
              .isPresent();
      if (!equal) {
        // Over other bytes of this name too: they are damaged.
        long expected = there.map(BlobInfo::getGeneration).orElse(GcsObjects.ABSENT);
        written = objects.upload(name, file, crc32c, expected);
      }
    }
    keep(file, entry);
  }

  /** The local copy of a blob, downloaded when it is not here. */
  Path fetch(FileEntry entry) throws IOException {
    Path copy = cache.blob(entry.sha256());
    synchronized (DOWNLOADS[Math.floorMod(entry.sha256().hashCode(), DOWNLOADS.length)]) {
      if (!Files.isRegularFile(copy) || Files.size(copy) != entry.bytes()) {
        download(entry);
      }
    }
    return copy;
  }

  private void download(FileEntry entry) throws IOException {
    String name = StoreLayout.blob(entry.sha256());
    Path file = cache.temporary().next(".blob");
    try {
      while (!objects.download(name, stat(entry, name), file)) {}
      checkContent(entry, name, file);
      keep(file, entry);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private BlobInfo stat(FileEntry entry, String name) throws IOException {
    Optional<BlobInfo> found = objects.stat(name);
    if (found.isEmpty()) {
      throw new NoSuchFileException(
          objects.address(name),
          null,
          "blob of " + entry.name() + " is missing; run its stage again");
    }
    if (found.get().getSize() != entry.bytes()) {
      throw new IOException(
          "Cannot read %s: its blob %s has %,d bytes, expected %,d; run its stage again"
              .formatted(
                  entry.name(), objects.address(name), found.get().getSize(), entry.bytes()));
    }
    return found.get();
  }

  /** The cache is shared by all buckets, so no bucket may put other bytes under a name there. */
  private void checkContent(FileEntry entry, String name, Path file) throws IOException {
    String sha256 = Sha256.of(file);
    if (!sha256.equals(entry.sha256())) {
      throw new IOException(
          "Cannot read %s: its blob %s holds bytes with SHA-256 %s; remove it and run its stage again"
              .formatted(entry.name(), objects.address(name), sha256));
    }
  }

  private void keep(Path file, FileEntry entry) throws IOException {
    try {
      file.toFile().setReadOnly();
      cache.keep(file, cache.blob(entry.sha256()));
    } catch (IOException e) {
      throw WriteFailure.of("copy of " + entry.name(), cache.folder(), e);
    }
  }
}
