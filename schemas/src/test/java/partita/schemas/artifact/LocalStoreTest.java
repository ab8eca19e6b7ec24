package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
  @TempDir Path folder;

  @Test
  void committedArtifactIsFoundAndBound() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.resolve("store").toString());
    Path file = Files.writeString(store.temporary().resolve("file"), "content");
    FileEntry entry = store.addBlob(file, "notes/00000.txt", 0, "", List.of());
    Manifest manifest = manifest("action", entry);
    assertEquals(Optional.empty(), store.find("action"));
    assertEquals(manifest, store.commit(manifest));
    assertEquals(Optional.of(manifest), store.find("action"));
    assertEquals(Optional.of("action"), store.actionOf("recipe"));
    assertEquals("content", Files.readString(store.blob(entry)));
    assertEquals(List.of(manifest), store.manifests());
  }

  static Manifest manifest(String action, FileEntry... files) {
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        "stage",
        action,
        "recipe",
        new TreeMap<>(),
        1,
        "code",
        "none",
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(files),
        new TreeMap<>(),
        new Manifest.Provenance("run", "2026-01-01T00:00:00Z", 1.5, "none"));
  }
}
