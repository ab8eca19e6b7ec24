package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
  @TempDir Path folder;
  private Path root;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    root = folder.resolve("store");
    store = ArtifactStores.open(root.toString());
  }

  @Test
  void committedArtifactIsFoundAndBound() throws Exception {
    FileEntry entry = Artifacts.blob(store, "notes/00000.txt", "content");
    Manifest manifest = Artifacts.manifest("action", "run", entry);
    assertEquals(Optional.empty(), store.find("action"));
    assertEquals(Optional.empty(), store.actionOf("recipe-action"));
    assertEquals(manifest, store.commit(manifest));
    assertEquals(Optional.of(manifest), store.find("action"));
    assertEquals(Optional.of("action"), store.actionOf("recipe-action"));
    assertEquals("content", Files.readString(store.blob(entry)));
    assertEquals(List.of(manifest), store.manifests());
    assertEquals(Optional.of(manifest), ArtifactStores.open(root.toString()).find("action"));
  }

  @Test
  void blobsLieByDigestAndEqualContentIsKeptOnce() throws Exception {
    FileEntry first = Artifacts.blob(store, "a/0", "abc");
    FileEntry second = Artifacts.blob(store, "b/0", "abc");
    // FIPS 180-2, appendix B.1
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(abc, first.sha256());
    assertEquals(root.toRealPath().resolve("blobs/ba").resolve(abc), store.blob(second));
    assertEquals(3, first.bytes());
  }

  @Test
  void earlierManifestWins() throws Exception {
    FileEntry entry = Artifacts.blob(store, "a/0", "x");
    Manifest first = store.commit(Artifacts.manifest("action", "first", entry));
    assertEquals(first, store.commit(Artifacts.manifest("action", "second", entry)));
    assertEquals(Optional.of(first), store.find("action"));
  }

  @Test
  void oneOfManyConcurrentCommitsWins() throws Exception {
    ArtifactStore other = ArtifactStores.open(root.toString());
    FileEntry entry = Artifacts.blob(store, "a/0", "x");
    for (int round = 0; round < 10; round++) {
      String action = "action" + round;
      Set<Manifest> winners =
          concurrently(
              8,
              i ->
                  (i % 2 == 0 ? store : other)
                      .commit(Artifacts.manifest(action, "run" + i, entry)));
      assertEquals(1, winners.size());
      assertEquals(winners, Set.of(store.find(action).orElseThrow()));
    }
  }

  @Test
  void oneOfManyConcurrentRepairsWins() throws Exception {
    FileEntry lost = Artifacts.blob(store, "a/0", "lost");
    store.commit(Artifacts.manifest("action", "old", lost));
    Files.delete(store.blob(lost));
    FileEntry entry = Artifacts.blob(store, "a/0", "x");
    Set<Manifest> winners =
        concurrently(4, i -> store.commit(Artifacts.manifest("action", "run" + i, entry)));
    assertEquals(1, winners.size());
    assertEquals(winners, Set.of(store.find("action").orElseThrow()));
  }

  @Test
  void artifactWithAMissingOrShortBlobIsAbsentUntilItIsMadeAgain() throws Exception {
    FileEntry entry = Artifacts.blob(store, "a/0", "content");
    Manifest manifest = store.commit(Artifacts.manifest("action", "run", entry));
    Path blob = store.blob(entry);
    Files.delete(blob);
    assertEquals(Optional.empty(), store.find("action"));
    FileNotFoundException missing =
        assertThrows(FileNotFoundException.class, () -> store.blob(entry));
    assertTrue(missing.getMessage().contains("a/0"), missing.getMessage());

    Files.writeString(blob, "cont");
    assertEquals(Optional.empty(), store.find("action"));
    IOException cut = assertThrows(IOException.class, () -> store.blob(entry));
    assertTrue(cut.getMessage().contains("4 bytes, expected 7"), cut.getMessage());

    Artifacts.blob(store, "a/0", "content");
    assertEquals(Optional.of(manifest), store.find("action"));
    assertEquals("content", Files.readString(blob));
  }

  @Test
  void manifestWhoseBlobsAreGoneGivesWayToANewOne() throws Exception {
    FileEntry lost = Artifacts.blob(store, "a/0", "lost");
    store.commit(Artifacts.manifest("action", "old", lost));
    Files.delete(store.blob(lost));
    Manifest fresh =
        Artifacts.manifest("action", "new", Artifacts.blob(store, "a/0", "something else"));
    assertEquals(fresh, store.commit(fresh));
    assertEquals(Optional.of(fresh), store.find("action"));
  }

  @Test
  void manifestOfBlobsThatAreNotThereIsRefused() throws Exception {
    FileEntry lost = Artifacts.blob(store, "a/0", "lost");
    Files.delete(store.blob(lost));
    assertThrows(IOException.class, () -> store.commit(Artifacts.manifest("action", "run", lost)));
    assertEquals(List.of(), store.manifests());
  }

  @Test
  void evictedArtifactIsAbsentAndItsBlobsStay() throws Exception {
    FileEntry entry = Artifacts.blob(store, "a/0", "x");
    store.commit(Artifacts.manifest("action", "run", entry));
    store.evict("action");
    store.evict("action");
    assertEquals(Optional.empty(), store.find("action"));
    assertTrue(Files.exists(store.blob(entry)));
  }

  @Test
  void notesOutliveRunsAndWorkAreas() throws Exception {
    store.refs().write("raw/fashion-mnist", new byte[] {1});
    store.work("raw").clear();
    ArtifactStore reopened = ArtifactStores.open(root.toString());
    assertEquals(List.of("raw/fashion-mnist"), reopened.refs().list(""));
    assertTrue(Files.exists(root.resolve("refs/raw/fashion-mnist")));
  }

  @Test
  void recipeFollowsItsLastAction() throws Exception {
    store.bind("recipe", "first");
    store.bind("recipe", "second");
    assertEquals(Optional.of("second"), store.actionOf("recipe"));
  }

  @Test
  void keysThatLeadOutOfTheRootAreRefused() {
    for (String key : List.of("", "..", "../x", "a/b", ".x")) {
      assertThrows(IllegalArgumentException.class, () -> store.find(key), key);
      assertThrows(IllegalArgumentException.class, () -> store.work(key), key);
      assertThrows(IllegalArgumentException.class, () -> store.run(key), key);
    }
  }

  @Test
  void nothingIsLeftInTheTemporaryFolderAfterwards() throws Exception {
    store.commit(Artifacts.manifest("action", "run", Artifacts.blob(store, "a/0", "x")));
    store.commit(Artifacts.manifest("action", "again", Artifacts.blob(store, "a/0", "x")));
    store.work("action").write("folder/name", new byte[1]);
    assertFalse(holdsFiles(store.temporary()));
  }

  private static boolean holdsFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  private interface Commit {
    Manifest run(int index) throws IOException;
  }

  /** Results of {@code threads} calls that start together. */
  private static Set<Manifest> concurrently(int threads, Commit commit) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try {
      List<Callable<Manifest>> calls =
          IntStream.range(0, threads)
              .mapToObj(
                  i ->
                      (Callable<Manifest>)
                          () -> {
                            start.await();
                            return commit.run(i);
                          })
              .toList();
      Set<Manifest> results = new HashSet<>();
      for (Future<Manifest> result : pool.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
