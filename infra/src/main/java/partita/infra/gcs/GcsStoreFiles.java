package partita.infra.gcs;

import com.google.cloud.storage.BlobInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import partita.schemas.artifact.StoreFiles;
import partita.schemas.artifact.StoredFile;

/** The objects of a store. A write changes the generation of one, a touch its metageneration. */
final class GcsStoreFiles implements StoreFiles {
  private final GcsObjects objects;
  private final LocalCache cache;

  GcsStoreFiles(GcsObjects objects, LocalCache cache) {
    this.objects = objects;
    this.cache = cache;
  }

  @Override
  public List<StoredFile> list(String prefix) throws IOException {
    return objects.listed(prefix).stream().map(this::stored).toList();
  }

  private StoredFile stored(BlobInfo found) {
    return new StoredFile(
        objects.name(found),
        found.getSize(),
        found.getUpdateTimeOffsetDateTime().toInstant(),
        found.getGeneration() + " " + found.getMetageneration());
  }

  /** By way of a file that goes when it is closed: an object may be larger than memory. */
  @Override
  public InputStream open(String name) throws IOException {
    Path file = cache.temporary().next(".read");
    Optional<BlobInfo> found = objects.stat(name);
    while (found.isPresent()) {
      if (objects.download(name, found.get(), file)) {
        return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
      }
      found = objects.stat(name);
    }
    throw new NoSuchFileException(objects.address(name));
  }

  @Override
  public boolean touch(String name) throws IOException {
    return objects.touch(name);
  }

  @Override
  public boolean remove(StoredFile file) throws IOException {
    String[] version = file.version().split(" ", 2);
    return objects.removeUnchanged(
        file.name(), Long.parseLong(version[0]), Long.parseLong(version[1]));
  }
}
