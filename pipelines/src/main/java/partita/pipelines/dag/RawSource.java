package partita.pipelines.dag;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.WorkArea;

/**
 * What a raw input was when it was read, remembered in the store by the digest that artifacts made
 * from it name.
 *
 * @param path the file or folder at which these bytes were last seen
 * @param files the files that it stands for, by name
 */
public record RawSource(String path, List<SourceFile> files) {
  private static final String PREFIX = "sources/";
  private static final ObjectMapper JSON = new ObjectMapper();

  public RawSource {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param name path below the source's, empty when the source is this file
   * @param bytes its size
   * @param sha256 digest of its bytes
   */
  public record SourceFile(String name, long bytes, String sha256) {}

  /** Remembers it; what was at another place with the same names and bytes is forgotten. */
  void remember(WorkArea refs, String digest) throws IOException {
    refs.write(note(digest), JSON.writeValueAsBytes(this));
  }

  /** The source with a digest; empty when it was read before sources were remembered. */
  public static Optional<RawSource> find(ArtifactStore store, String digest) throws IOException {
    Optional<byte[]> content = store.refs().read(note(digest));
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(JSON.readValue(content.get(), RawSource.class));
  }

  private static String note(String digest) {
    return PREFIX + digest + ".json";
  }
}
