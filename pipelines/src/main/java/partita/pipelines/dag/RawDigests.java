package partita.pipelines.dag;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.KeyHasher;
import partita.schemas.artifact.Sha256;
import partita.schemas.artifact.WorkArea;

/**
 * Digests of raw inputs, remembered in the store. A file is read again when its size, inode or
 * modification time (nanoseconds) differs from what was remembered; a file modified in the last two
 * seconds is not remembered, for a second change might leave the same time.
 */
final class RawDigests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final WorkArea refs;
  private final boolean remembers;
  private final boolean rehash;

  /**
   * @param store remembers digests, unless it is only looked at
   * @param rehash read every file, whatever is remembered
   */
  RawDigests(ArtifactStore store, boolean rehash) throws IOException {
    this.refs = store.refs();
    this.remembers = !store.readOnly();
    this.rehash = rehash;
  }

  /** What was known of a file when it was read. */
  private record Seen(long size, String inode, long modifiedNanos, String sha256) {}

  /**
   * Digest of the names below the input's path and the contents.
   *
   * @throws BadInputException when a file is missing or cannot be read
   */
  String of(RawInput input) throws IOException {
    Map<String, Seen> known = rehash ? new TreeMap<>() : remembered(input);
    Map<String, Seen> now = new TreeMap<>();
    Map<String, Seen> settled = new TreeMap<>();
    for (Path file : input.files()) {
      String name = input.path().equals(file) ? "" : input.path().relativize(file).toString();
      Seen seen = see(file, known.get(name));
      now.put(name, seen);
      if (currentNanos() - seen.modifiedNanos() > SETTLED_NANOS) {
        settled.put(name, seen);
      }
    }
    if (remembers && !settled.equals(known)) {
      refs.write(note(input), JSON.writeValueAsBytes(settled));
    }
    KeyHasher hasher = new KeyHasher("raw-input");
    List<RawSource.SourceFile> files = new ArrayList<>();
    now.forEach(
        (name, seen) -> {
          hasher.put("file", name).put("sha256", seen.sha256());
          files.add(new RawSource.SourceFile(name, seen.size(), seen.sha256()));
        });
    String digest = hasher.digest();
    if (remembers && !now.equals(known)) {
      new RawSource(input.path().toAbsolutePath().toString(), files).remember(refs, digest);
    }
    return digest;
  }

  private Map<String, Seen> remembered(RawInput input) throws IOException {
    Optional<byte[]> content = refs.read(note(input));
    return content.isEmpty()
        ? new TreeMap<>()
        : JSON.readValue(content.get(), new TypeReference<TreeMap<String, Seen>>() {});
  }

  private static Seen see(Path file, @org.jspecify.annotations.Nullable Seen known)
      throws IOException {
    try {
      Map<String, Object> attributes = Files.readAttributes(file, "size,fileKey,lastModifiedTime");
      long size = (Long) attributes.get("size");
      String inode = String.valueOf(attributes.get("fileKey"));
      long modified = ((FileTime) attributes.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS);
      if (known != null
          && known.size() == size
          && known.inode().equals(inode)
          && known.modifiedNanos() == modified) {
        return known;
      }
      return new Seen(size, inode, modified, Sha256.of(file));
    } catch (NoSuchFileException e) {
      throw new BadInputException("Cannot read " + file + ": the file does not exist", e);
    }
  }

  private static String note(RawInput input) {
    String path = input.path().toAbsolutePath().toString();
    String digest = Sha256.of(path.getBytes(StandardCharsets.UTF_8));
    return "raw-" + digest.substring(0, 24) + ".json";
  }

  private static long currentNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }
}
