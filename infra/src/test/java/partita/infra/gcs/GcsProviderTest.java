package partita.infra.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import partita.schemas.artifact.ArtifactStores;

class GcsProviderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"gs://", "gs://Lab", "gs://lab//twice", "gs://lab/../other", "gs://lab/a#b"})
  void rootThatNamesNoBucketAndFolderIsRefused(String root) {
    IOException refused = assertThrows(IOException.class, () -> ArtifactStores.open(root));
    assertEquals(
        "Cannot open artifact root %s: expected gs://bucket or gs://bucket/folder, a bucket of lower-case letters, digits, '.', '_' and '-'"
            .formatted(root),
        refused.getMessage());
  }

  @Test
  void rootSplitsIntoBucketAndFolder() throws Exception {
    assertEquals("a/b/manifests/x.json", GcsRoot.parse("gs://lab/a/b/").object("manifests/x.json"));
    assertEquals("gs://lab/store.json", GcsRoot.parse("gs://lab").address("store.json"));
  }

  @Test
  void emulatorIsReachedWithoutCredentials() throws Exception {
    try (FakeGcs gcs = FakeGcs.start("lab")) {
      String address = gcs.host().substring("http://".length());
      Storage storage = GcsClient.of(Map.of(GcsClient.EMULATOR, address));
      assertEquals(NoCredentials.getInstance(), storage.getOptions().getCredentials());
      LocalCache cache = new LocalCache(folder);
      GcsStore store = GcsStore.open(GcsRoot.parse("gs://lab"), storage, cache, LeaseTerms.USUAL);
      store.bind("recipe", "action");
      assertEquals(Optional.of("action"), store.actionOf("recipe"));
    }
  }

  @Test
  void cacheLiesWhereTheEnvironmentSays() throws Exception {
    LocalCache cache = LocalCache.of(Map.of("XDG_CACHE_HOME", folder.toString()));
    assertEquals(folder.resolve("partita"), cache.folder());
  }

  @Test
  void cacheThatCannotBeWrittenGoesToTheTemporaryFolder() throws Exception {
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", folder.toString());
    try {
      Path file = Files.createFile(folder.resolve("file"));
      LocalCache cache = LocalCache.of(Map.of("XDG_CACHE_HOME", file.toString()));
      assertEquals(folder.resolve("partita-" + System.getProperty("user.name")), cache.folder());
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }
}
