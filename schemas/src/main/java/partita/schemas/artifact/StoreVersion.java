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
      refuseOthers(root);
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

  /** What lies where a store keeps its own would be taken for abandoned, and removed. */
  private static void refuseOthers(Path root) throws IOException {
    for (String part : LocalStore.PARTS) {
      // Another process may have claimed the folder meanwhile, and made them.
      if (Files.exists(root.resolve(part)) && !Files.exists(root.resolve(StoreLayout.VERSION))) {
        throw new FileSystemException(
            root.toString(),
            null,
            "it has '%s' and no %s, so it is no artifact store"
                .formatted(part, StoreLayout.VERSION));
      }
    }
  }

  /** What a new store says. */
  public static byte[] current() throws IOException {
    return JSON.writeValueAsBytes(new StoreVersion(ArtifactStore.STORE_VERSION));
  }

  /** Refuses what a newer Partita wrote at {@code root}, and what tells no version. */
  public static void check(String root, byte[] content) throws IOException {
    int found = read(root, content).storeVersion();
    if (found < 1) {
      throw new IOException(
          "Cannot open artifact root %s: store version %d, expected at least 1; use another root"
              .formatted(root, found));
    } else if (found > ArtifactStore.STORE_VERSION) {
      throw new IOException(
          "Cannot open artifact root %s: store version %d, expected at most %d; use a newer Partita or another root"
              .formatted(root, found, ArtifactStore.STORE_VERSION));
    }
  }

  private static StoreVersion read(String root, byte[] content) throws IOException {
    try {
      StoreVersion found = JSON.readValue(content, StoreVersion.class);
      return found == null ? new StoreVersion(0) : found; // the text null
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Cannot open artifact root %s: store.json does not tell a store version (%s); use another root"
              .formatted(root, e.getOriginalMessage()),
          e);
    }
  }
}
