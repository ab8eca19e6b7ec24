package partita.schemas.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Small artifacts for tests. */
final class Artifacts {
  private Artifacts() {}

  static FileEntry blob(ArtifactStore store, String name, String content) throws IOException {
    Path file = store.temporary().resolve(UUID.randomUUID().toString());
    return store.addBlob(Files.writeString(file, content), name, 0, "", List.of());
  }

  static Manifest manifest(String action, String run, FileEntry... files) {
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        "stage",
        action,
        "recipe-" + action,
        new TreeMap<>(),
        1,
        "code",
        "none",
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(files),
        new TreeMap<>(),
        new Manifest.Provenance(run, "2026-01-01T00:00:00Z", 1.5, "none"));
  }
}
