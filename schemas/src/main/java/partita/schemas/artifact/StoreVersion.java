package partita.schemas.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of {@code store.json}.
 *
 * @param storeVersion version of the layout below the root
 */
public record StoreVersion(int storeVersion) {
  /** A newer store may say more, which must not hide that it is newer. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /** Marks a folder as a store of this version, or refuses one of a newer version. */
  static void claim(Path root, TemporaryFiles temporary) throws IOException {
    Path file = root.resolve(StoreLayout.VERSION);
    if (!Files.exists(file)) {
      try {
        Path fresh = temporary.next(".json");
        DurableFile.write(fresh, current(), true);
        DurableFile.rename(fresh, file);
      } catch (FileSystemException e) {
        throw e; // the folder itself, of which whoever opens it tells
      } catch (IOException e) {
        throw WriteFailure.of(StoreLayout.VERSION, root, e);
      }
    }
    check(root.toString(), Files.readAllBytes(file));
  }

  /** What a new store says. */
  public static byte[] current() throws IOException {
    return JSON.writeValueAsBytes(new StoreVersion(ArtifactStore.STORE_VERSION));
  }

  /** Refuses what a newer Partita wrote at {@code root}, and what tells no version. */
  public static void check(String root, byte[] content) throws IOException {
    int found = read(root, content).storeVersion();
    if (found > ArtifactStore.STORE_VERSION) {
      throw new IOException(
          "Cannot open artifact root %s: store version %d, expected at most %d; use a newer Partita or another root"
              .formatted(root, found, ArtifactStore.STORE_VERSION));
    }
  }

  private static StoreVersion read(String root, byte[] content) throws IOException {
    try {
      return JSON.readValue(content, StoreVersion.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Cannot open artifact root %s: store.json does not tell a store version (%s); use another root"
              .formatted(root, e.getOriginalMessage()),
          e);
    }
  }
}
