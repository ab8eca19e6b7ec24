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
 * a local copy of its last generation, so that resuming on the same machine downloads nothing.
 *
 * <p>A request takes tens of milliseconds, and an object may be written about once a second. So a
 * note that follows the last one sooner is held back until the next call here a second later, or
 * until the next write; and that a name was absent is remembered for a second, because a stop
 * signal is looked for in every step.
 */
final class GcsWorkArea implements WorkArea {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final GcsObjects objects;
  private final String folder;
  private final LocalCache cache;
  private final Path copies;

  /** What we wrote last of a name: its generation spares a question before the next write. */
  private record Written(long generation, long nanos) {}

  private final Map<String, Written> written = new ConcurrentHashMap<>();
  private final Map<String, byte[]> held = new ConcurrentHashMap<>();
  private final Map<String, Long> absent = new ConcurrentHashMap<>();

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
    held.remove(name);
    writeHeld(0);
    put(name, content);
  }

  @Override
  public void note(String name, byte[] content) throws IOException {
    held.put(StoreLayout.checkedWorkName(name), content);
    writeHeld(SECOND_NANOS);
  }

  /** Writes the notes of names that were last written longer ago than {@code nanos}. */
  private void writeHeld(long nanos) throws IOException {
    for (String name : held.keySet()) {
      Written last = written.get(name);
      if (last == null || System.nanoTime() - last.nanos() >= nanos) {
        byte[] content = held.remove(name);
        if (content != null) {
          put(name, content);
        }
      }
    }
  }

  private void put(String name, byte[] content) throws IOException {
    String object = object(name);
    replace(name, expected -> objects.write(object, content, expected));
  }

  @Override
  public void publish(String name, Path file) throws IOException {
    held.remove(name);
    writeHeld(0);
    String object = object(name);
    String crc32c = Crc32c.of(file);
    keep(name, file, replace(name, expected -> objects.upload(object, file, crc32c, expected)));
  }

  /** Writes over whatever is there; returns the new generation. */
  private long replace(String name, Write write) throws IOException {
    Written last = written.get(name);
    OptionalLong generation = write.over(last == null ? GcsObjects.ABSENT : last.generation());
    while (generation.isEmpty()) {
      Optional<BlobInfo> other = objects.stat(object(name));
      generation = write.over(other.map(BlobInfo::getGeneration).orElse(GcsObjects.ABSENT));
    }
    written.put(name, new Written(generation.getAsLong(), System.nanoTime()));
    absent.remove(name);
    return generation.getAsLong();
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    writeHeld(SECOND_NANOS);
    byte[] note = held.get(name);
    if (note != null) {
      return Optional.of(note.clone());
    }
    Long missed = absent.get(name);
    if (missed != null && System.nanoTime() - missed < SECOND_NANOS) {
      return Optional.empty();
    }
    Optional<byte[]> content = objects.read(object(name)).map(GcsObjects.Content::bytes);
    if (content.isEmpty()) {
      absent.put(name, System.nanoTime());
    }
    return content;
  }

  @Override
  public Optional<Path> fetch(String name) throws IOException {
    Path file = cache.temporary().next(".work");
    try {
      Optional<BlobInfo> found = objects.stat(object(name));
      while (found.isPresent()) {
        Path copy = copy(name, found.get().getGeneration());
        if (Files.isRegularFile(copy) && Files.size(copy) == found.get().getSize()) {
          return Optional.of(copy);
        }
        if (objects.download(object(name), found.get(), file)) {
          return Optional.of(keep(name, file, found.get().getGeneration()));
        }
        found = objects.stat(object(name));
      }
      return Optional.empty();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Keeps a file as the only copy of {@code name}. */
  private Path keep(String name, Path file, long generation) throws IOException {
    Path copy = copy(name, generation);
    try {
      TemporaryFiles.deleteTree(copy.getParent());
      cache.keep(file, copy);
      return copy;
    } catch (IOException e) {
      throw WriteFailure.of("copy of work file " + name, copies, e);
    }
  }

  private Path copy(String name, long generation) {
    return copiesOf(name).resolve(Long.toString(generation));
  }

  /** Flat, for a work file may have the name of another one's folder. */
  private Path copiesOf(String name) {
    return copies.resolve(name.replace('/', '@'));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    writeHeld(0);
    return objects.list(folder + prefix).stream()
        .map(name -> name.substring(folder.length()))
        .toList();
  }

  @Override
  public void delete(String name) throws IOException {
    held.remove(name);
    written.remove(name);
    objects.delete(object(name));
    TemporaryFiles.deleteTree(copiesOf(name));
  }

  @Override
  public void clear() throws IOException {
    held.clear();
    SideBySide.map(
        list(""),
        name -> {
          delete(name);
          return name;
        });
    TemporaryFiles.deleteTree(copies);
  }

  private String object(String name) {
    return folder + StoreLayout.checkedWorkName(name);
  }
}
