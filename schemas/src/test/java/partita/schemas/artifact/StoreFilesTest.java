package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What garbage collection does to a store in a folder while others use it. */
class StoreFilesTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path folder;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    store = ArtifactStores.open(folder.toString());
  }

  private StoredFile only(String prefix) throws IOException {
    List<StoredFile> files = store.files().list(prefix);
    assertEquals(1, files.size());
    return files.get(0);
  }

  @Test
  void filesAreListedByNameWithSizeAndTime() throws Exception {
    FileEntry entry = Artifacts.blob(store, "a/0", "content");
    store.commit(Artifacts.manifest("action", "run", entry));
    store.work("other").write("receipts/0", new byte[3]);
    assertEquals(StoreLayout.blob(entry.sha256()), only("blobs/").name());
    assertEquals(entry.sha256(), only("blobs/").lastPart());
    assertEquals(7, only("blobs/").bytes());
    assertEquals("recipes/recipe-action", only("recipes/").name());
    assertEquals("work/other/receipts/0", only("work/").name());
    assertEquals(1, store.files().list("manifests/act").size());
    assertEquals(List.of(), store.files().list("manifests/other"));
    assertEquals(List.of(), store.files().list("nothing/"));
    try (InputStream in = store.files().open(only("blobs/").name())) {
      assertEquals("content", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThrows(NoSuchFileException.class, () -> store.files().open("manifests/other.json"));
  }

  @Test
  void artifactInUseIsMarkedAndIsNotRemovedByOneWhoSawItBefore() throws Exception {
    Manifest manifest =
        store.commit(Artifacts.manifest("action", "run", Artifacts.blob(store, "a/0", "x")));
    Path file = folder.resolve(StoreLayout.manifest("action"));
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    StoredFile unused = only("manifests/");
    assertEquals(LONG_AGO, unused.modified());
    assertEquals(Optional.of(manifest), store.find("action"));
    assertEquals(LONG_AGO, only("manifests/").modified(), "looking is no use");

    assertEquals(Optional.of(manifest), store.use("action"));
    assertTrue(only("manifests/").modified().isAfter(LONG_AGO));
    assertFalse(store.files().remove(unused));
    assertEquals(Optional.of(manifest), store.find("action"));

    assertTrue(store.files().remove(only("manifests/")));
    assertTrue(store.files().remove(unused), "gone already");
    assertEquals(Optional.empty(), store.use("action"));
  }

  @Test
  void equalBlobWrittenAgainIsInUseHoweverOldTheFile() throws Exception {
    Artifacts.blob(store, "a/0", "x");
    StoredFile before = only("blobs/");
    Path old = Files.writeString(folder.resolve("old"), "x");
    Files.setLastModifiedTime(old, FileTime.from(LONG_AGO));
    FileEntry entry = store.addBlob(old, "a/0", 0, "", List.of());
    assertTrue(only("blobs/").modified().isAfter(LONG_AGO));
    assertFalse(store.files().remove(before));
    assertEquals("x", Files.readString(store.blob(entry)));
  }

  @Test
  void leaseIsTakenOnlyWhenNobodyHoldsIt() throws Exception {
    try (ArtifactStore.Lease held = store.lease("action", () -> {})) {
      assertEquals(Optional.empty(), store.tryLease("action"));
    }
    try (ArtifactStore.Lease held = store.tryLease("action").orElseThrow()) {
      assertEquals(Optional.empty(), store.tryLease("action"));
    }
  }

  @Test
  void damagedFileThatIsNoTableIsRefusedByName() throws Exception {
    FileEntry entry = Artifacts.blob(store, "signature/0.json", "{\"classes\": 10}");
    Path blob = store.blob(entry);
    assertTrue(blob.toFile().setWritable(true));
    Files.writeString(blob, "{\"classes\": 11}");
    IOException damaged = assertThrows(IOException.class, () -> store.blob(entry));
    assertTrue(
        damaged.getMessage().startsWith("Cannot read signature/0.json: its blob " + blob),
        damaged.getMessage());
    assertTrue(damaged.getMessage().contains("is damaged"), damaged.getMessage());
  }

  @Test
  void removalLeavesNothingInTheTemporaryFolder() throws Exception {
    Artifacts.blob(store, "a/0", "x");
    assertTrue(store.files().remove(only("blobs/")));
    assertEquals(List.of(), store.files().list("blobs/"));
    try (Stream<Path> left = Files.list(store.temporary())) {
      assertEquals(List.of(), left.toList());
    }
  }
}
