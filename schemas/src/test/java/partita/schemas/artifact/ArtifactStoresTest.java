package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoresTest {
  @TempDir Path folder;

  @Test
  void storeIsCreatedWithItsVersionAndKeepsTheRootAsGiven() throws Exception {
    String root = folder.resolve("deep/store") + "/";
    ArtifactStore store = ArtifactStores.open(root);
    assertEquals(root, store.root());
    assertEquals("{\"storeVersion\":1}", Files.readString(folder.resolve("deep/store/store.json")));
    assertEquals(List.of(), ArtifactStores.open(store.root()).manifests());
  }

  @Test
  void aStoreToLookAtHasWhatIsThereAndIsEmptyWhereThereIsNone() throws Exception {
    ArtifactStores.open(folder.resolve("store").toString()).bind("recipe", "action");
    ArtifactStore there = ArtifactStores.read(folder.resolve("store").toString());
    assertEquals("action", there.actionOf("recipe").orElseThrow());

    ArtifactStore none = ArtifactStores.read(folder.resolve("sotre").toString());
    assertEquals(List.of(), none.manifests());
    assertTrue(none.find("action").isEmpty());
    assertTrue(none.actionOf("recipe").isEmpty());
    assertTrue(none.readOnly());
    assertFalse(Files.exists(folder.resolve("sotre")));
    assertTrue(ArtifactStores.isThere(folder.resolve("store").toUri().toString()));
    assertFalse(ArtifactStores.isThere(folder.resolve("sotre").toUri().toString()));
  }

  @Test
  void fileAddressOpensTheSameStore() throws Exception {
    ArtifactStores.open(folder.resolve("store").toString()).bind("recipe", "action");
    ArtifactStore store = ArtifactStores.open(folder.resolve("store").toUri().toString());
    assertEquals("action", store.actionOf("recipe").orElseThrow());
  }

  @Test
  void newerStoreIsRefused() throws Exception {
    Files.writeString(folder.resolve("store.json"), "{\"storeVersion\":2,\"shards\":true}");
    String message = refused(folder.toString());
    assertTrue(message.contains("store version 2, expected at most 1"), message);
    assertFalse(Files.exists(folder.resolve("blobs")));
  }

  @Test
  void damagedStoreDescriptionIsRefused() throws Exception {
    for (String json : List.of("", "{", "{}", "[]", "{\"storeVersion\":\"x\"}")) {
      Files.writeString(folder.resolve("store.json"), json);
      String message = refused(folder.toString());
      assertTrue(message.contains("store.json does not tell a store version"), json + message);
    }
  }

  @Test
  void fileAsRootIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertEquals(
        "Cannot open artifact root " + file + ": found a file, expected a folder",
        refused(file.toString()));
    String below = refused(file.resolve("below").toString());
    assertTrue(below.startsWith("Cannot open artifact root " + file.resolve("below")), below);
  }

  @Test
  void folderOfOthersWithOurNamesInItIsRefusedAndLeftAlone() throws IOException {
    Path theirs = Files.createDirectories(folder.resolve("blobs/ab")).resolve("mine.txt");
    Files.writeString(theirs, "mine");

    IOException refused =
        assertThrows(IOException.class, () -> ArtifactStores.open(folder.toString()));

    assertEquals(
        "Cannot open artifact root %s: it has 'blobs' and no store.json, so it is no artifact store; give a folder that can be written and is new, empty or a store"
            .formatted(folder),
        refused.getMessage());
    assertEquals("mine", Files.readString(theirs));
    assertFalse(Files.exists(folder.resolve("store.json")));
  }

  @Test
  void rootThatCannotBeWrittenIsRefused() throws Exception {
    // A test may run as root, whom no permission stops: use a folder that the kernel keeps closed.
    Path closed = Path.of("/proc/self/fd");
    if (!Files.isDirectory(closed)) {
      closed = Files.createDirectory(folder.resolve("closed"));
      assertTrue(closed.toFile().setWritable(false));
    }
    String message = refused(closed.toString());
    assertTrue(message.startsWith("Cannot open artifact root " + closed + ": "), message);
    assertTrue(
        message.endsWith("; give a folder that can be written and is new, empty or a store"),
        message);
  }

  @Test
  void unknownSchemeIsRefusedWithThoseThatAreServed() throws Exception {
    assertEquals(
        "Cannot open artifact root s3://bucket/x: expected one of a folder, file://, test://",
        refused("s3://bucket/x"));
    assertTrue(refused("file://bucket/x").contains("expected file:///folder"));
    assertTrue(refused(" ").contains("expected a folder or an address"));
  }

  @Test
  void schemeIsServedByItsProvider() {
    IOException served =
        assertThrows(IOException.class, () -> ArtifactStores.open("test://bucket"));
    assertEquals("test provider got test://bucket", served.getMessage());
  }

  /** Registered in META-INF/services of the tests. */
  public static final class TestProvider implements ArtifactStores.Provider {
    @Override
    public String scheme() {
      return "test";
    }

    @Override
    public ArtifactStore open(String root) throws IOException {
      throw new IOException("test provider got " + root);
    }

    @Override
    public ArtifactStore read(String root) throws IOException {
      return open(root);
    }

    @Override
    public boolean isThere(String root) {
      return true;
    }
  }

  @Test
  void whatKilledProcessesLeftIsRemovedAndWhatLivingOnesWriteIsNot() throws Exception {
    Path tmp = folder.resolve("tmp");
    String host = TemporaryFiles.PROCESS.substring(TemporaryFiles.PROCESS.indexOf('@'));
    Path dead = leave(tmp.resolve("999999999" + host));
    Path living = leave(tmp.resolve(ProcessHandle.current().parent().orElseThrow().pid() + host));
    Path own = leave(tmp.resolve(TemporaryFiles.PROCESS));
    Path elsewhere = leave(tmp.resolve("999999999@elsewhere.example"));
    Path oldElsewhere = leave(tmp.resolve("999999998@elsewhere.example"));
    FileTime old = FileTime.from(Instant.now().minusSeconds(90_000));
    Files.setLastModifiedTime(oldElsewhere.resolve("deep/file"), old);
    Files.setLastModifiedTime(oldElsewhere.resolve("deep"), old);
    Files.setLastModifiedTime(oldElsewhere, old);

    ArtifactStores.open(folder.toString());

    assertFalse(Files.exists(dead));
    assertFalse(Files.exists(oldElsewhere));
    for (Path kept : List.of(living, own, elsewhere)) {
      assertTrue(Files.exists(kept.resolve("deep/file")), kept.toString());
    }
  }

  private static Path leave(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/file"), "half");
    return folder;
  }

  private static String refused(String root) {
    return assertThrows(IOException.class, () -> ArtifactStores.open(root)).getMessage();
  }
}
