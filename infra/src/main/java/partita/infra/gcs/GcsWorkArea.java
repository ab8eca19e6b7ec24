package partita.infra.gcs;

import com.google.cloud.storage.BlobInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.TemporaryFiles;
import partita.schemas.artifact.WorkArea;
import partita.schemas.artifact.WriteFailure;

/**
 * A work area as objects {@code work/<action key>/...}. A file that was published or fetched keeps
 * a local copy named by its generation, so that resuming on the same machine downloads nothing.
 */
final class GcsWorkArea implements WorkArea {
  private final GcsObjects objects;
  private final String folder;
  private final LocalCache cache;
  private final Path copies;

  /** Generations that we wrote last, which spares a question before the next write. */
  private final Map<String, Long> written = new ConcurrentHashMap<>();

  /** The area of the objects whose names begin with {@code folder} and a slash. */
  GcsWorkArea(GcsObjects objects, String folder, LocalCache cache, Path copies) {
    this.objects = objects;
    this.folder = folder + "/";
    this.cache = cache;
    this.copies = copies;
  }

  /** One conditional write. */
  private interface Write {
    OptionalLong over(long generation) throws IOException;
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    String object = object(name);
    replace(name, generation -> objects.write(object, content, generation));
  }

  @Override
  public void publish(String name, Path file) throws IOException {
    String object = object(name);
    String crc32c = Crc32c.of(file);
    long generation = replace(name, expected -> objects.upload(object, file, crc32c, expected));
    keep(name, file, generation);
  }

  /** Writes over whatever is there; returns the new generation. */
  private long replace(String name, Write write) throws IOException {
    OptionalLong generation = write.over(written.getOrDefault(name, GcsObjects.ABSENT));
    while (generation.isEmpty()) {
      Optional<BlobInfo> other = objects.stat(object(name));
      generation = write.over(other.map(BlobInfo::getGeneration).orElse(GcsObjects.ABSENT));
    }
    written.put(name, generation.getAsLong());
    return generation.getAsLong();
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return objects.read(object(name)).map(GcsObjects.Content::bytes);
  }

  @Override
  public Optional<Path> fetch(String name) throws IOException {
    String object = object(name);
    while (true) {
      Optional<BlobInfo> found = objects.stat(object);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Path copy = copy(name, found.get().getGeneration());
      if (Files.isRegularFile(copy) && Files.size(copy) == found.get().getSize()) {
        return Optional.of(copy);
      }
      Path file = cache.temporary().next(".work");
      try {
        if (objects.download(object, found.get(), file)) {
          return Optional.of(keep(name, file, found.get().getGeneration()));
        }
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Keeps a file as the only copy of {@code name}. */
  private Path keep(String name, Path file, long generation) throws IOException {
    Path copy = copy(name, generation);
    try {
      TemporaryFiles.deleteTree(copies.resolve(name));
      cache.keep(file, copy);
      return copy;
    } catch (IOException e) {
      throw WriteFailure.of("copy of work file " + name, copies, e);
    }
  }

  private Path copy(String name, long generation) {
    return copies.resolve(name).resolve(Long.toString(generation));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return objects.list(folder + prefix).stream()
        .map(name -> name.substring(folder.length()))
        .toList();
  }

  @Override
  public void delete(String name) throws IOException {
    objects.delete(object(name));
    TemporaryFiles.deleteTree(copies.resolve(name));
    written.remove(name);
  }

  @Override
  public void clear() throws IOException {
    for (String name : list("")) {
      delete(name);
    }
    TemporaryFiles.deleteTree(copies);
  }

  private String object(String name) {
    return folder + StoreLayout.checkedWorkName(name);
  }
}
