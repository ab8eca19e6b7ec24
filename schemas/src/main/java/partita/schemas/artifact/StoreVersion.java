package partita.schemas.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of {@code store.json}.
 *
 * @param storeVersion version of the layout below the root
 */
record StoreVersion(int storeVersion) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Marks a folder as a store of this version, or refuses one of a newer version. */
  static void claim(Path root, TemporaryFiles temporary) throws IOException {
    Path file = root.resolve("store.json");
    if (!Files.exists(file)) {
      Path fresh = temporary.next(".json");
      byte[] content = JSON.writeValueAsBytes(new StoreVersion(ArtifactStore.STORE_VERSION));
      DurableFile.write(fresh, content, true);
      DurableFile.rename(fresh, file);
    }
    int found = read(root, file).storeVersion();
    if (found > ArtifactStore.STORE_VERSION) {
      throw new IOException(
          "Cannot open artifact root %s: store version %d, expected at most %d; use a newer Partita or another root"
              .formatted(root, found, ArtifactStore.STORE_VERSION));
    }
  }

  private static StoreVersion read(Path root, Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), StoreVersion.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Cannot open artifact root %s: store.json does not tell a store version (%s); use another root"
              .formatted(root, e.getOriginalMessage()),
          e);
    }
  }
}
