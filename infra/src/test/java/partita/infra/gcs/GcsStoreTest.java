package partita.infra.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.StoredFile;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;

class GcsStoreTest {
  private static final LeaseTerms TERMS = new LeaseTerms(Duration.ofMillis(50), 4);

  @TempDir Path folder;
  private FakeGcs gcs;

  @BeforeEach
  void start() throws Exception {
    gcs = FakeGcs.start("lab");
  }

  @AfterEach
  void stop() {
    gcs.close();
  }

  private ArtifactStore open(String machine) throws IOException {
    return open(machine, "gs://lab/runs/one");
  }

  private ArtifactStore open(String machine, String root) throws IOException {
    LocalCache cache = new LocalCache(folder.resolve(machine));
    return GcsStore.open(GcsRoot.parse(root), gcs.client(), cache, TERMS);
  }

  private static FileEntry blob(ArtifactStore store, String content) throws IOException {
    Path file = Files.createTempFile(store.temporary(), "test", ".txt");
    return store.addBlob(Files.writeString(file, content), "notes/00000.txt", 0, "", List.of());
  }

  @Test
  void aStoreToLookAtIsNotMade() throws Exception {
    LocalCache cache = new LocalCache(folder.resolve("cache"));
    GcsRoot root = GcsRoot.parse("gs://lab/rnus/one");
    ArtifactStore none = GcsStore.read(root, gcs.client(), cache, TERMS);
    assertTrue(none.readOnly());
    assertEquals(List.of(), none.manifests());
    assertTrue(GcsStore.read(root, gcs.client(), cache, TERMS).readOnly(), "it was made");

    open("here", "gs://lab/rnus/one").bind("recipe", "action");
    ArtifactStore there = GcsStore.read(root, gcs.client(), cache, TERMS);
    assertFalse(there.readOnly());
    assertEquals(Optional.of("action"), there.actionOf("recipe"));
  }

  @Test
  void tableWrittenOnOneMachineIsReadOnAnother() throws Exception {
    ArtifactStore here = open("here");
    FileEntry entry;
    try (TableWriter writer =
        TableWriter.create(here, "train/00000.arrow", FeatureTable.schema(2), 2)) {
      writer.append(3, new long[] {7, 8, 9}, new float[] {0, 1, 2, 3, 4, 5});
      entry = writer.commit();
    }
    Manifest manifest = manifest("action", "run", entry);
    assertEquals(manifest, here.commit(manifest));

    ArtifactStore there = open("there");
    assertEquals(Optional.of(manifest), there.find("action"));
    assertEquals(Optional.of("action"), there.actionOf("recipe"));
    assertEquals(List.of(manifest), there.manifests());
    try (TableReader reader = TableReader.open(there, manifest, "train")) {
      assertArrayEquals(new long[] {7, 8, 9}, reader.longs("id"));
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, reader.floats("feature"));
    }
  }

  @Test
  void blobIsDownloadedOnceAndEqualBlobIsUploadedOnce() throws Exception {
    FileEntry entry = blob(open("here"), "content");
    blob(open("elsewhere"), "content");
    assertEquals(1, gcs.requests("POST .*uploadType=resumable"));
    ArtifactStore there = open("there");
    assertEquals("content", Files.readString(there.blob(entry)));
    assertEquals(there.blob(entry), there.blob(entry));
    assertEquals(1, gcs.requests("GET .*/blobs/.*alt=media"));
  }

  @Test
  void oneOfManyConcurrentCommitsWins() throws Exception {
    FileEntry entry = blob(open("here"), "content");
    List<Callable<Manifest>> commits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ArtifactStore store = open("here");
      Manifest manifest = manifest("action", "run" + i, entry);
      commits.add(() -> store.commit(manifest));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Manifest winner = null;
      for (Future<Manifest> commit : threads.invokeAll(commits)) {
        winner = winner == null ? commit.get() : winner;
        assertEquals(winner, commit.get());
      }
      assertEquals(Optional.ofNullable(winner), open("there").find("action"));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void artifactWhoseBlobIsGoneIsNotFoundAndMayBeCommittedAnew() throws Exception {
    ArtifactStore store = open("here");
    FileEntry entry = blob(store, "content");
    store.commit(manifest("action", "first", entry));
    gcs.bucket().delete("runs/one/" + StoreLayout.blob(entry.sha256()), null);

    assertEquals(Optional.empty(), store.find("action"));
    String missing =
        "Cannot read notes/00000.txt: its blob gs://lab/runs/one/%s is missing; run its stage again"
            .formatted(StoreLayout.blob(entry.sha256()));
    assertEquals(
        missing, assertThrows(NoSuchFileException.class, () -> store.blob(entry)).getMessage());
    assertEquals(
        missing,
        assertThrows(NoSuchFileException.class, () -> store.commit(manifest("other", "run", entry)))
            .getMessage());

    Manifest second = manifest("action", "second", blob(store, "other content"));
    assertEquals(second, store.commit(second));
    assertEquals(Optional.of(second), store.find("action"));
  }

  @Test
  void evictedArtifactIsNotFound() throws Exception {
    ArtifactStore store = open("here");
    store.commit(manifest("action", "run", blob(store, "content")));
    store.evict("action");
    store.evict("action");
    assertEquals(Optional.empty(), store.find("action"));
    assertEquals(List.of(), store.manifests());
  }

  @Test
  void fileThatIsTouchedOrWrittenAfterItWasListedStays() throws Exception {
    ArtifactStore store = open("here");
    Manifest manifest = store.commit(manifest("action", "run", blob(store, "content")));
    String name = StoreLayout.manifest("action");
    StoredFile untouched = store.files().list("manifests/").get(0);
    assertEquals(name, untouched.name());
    assertEquals(Optional.of(manifest), store.use("action"));
    StoredFile touched = store.files().list("manifests/").get(0);
    assertFalse(touched.modified().isBefore(untouched.modified()));
    assertFalse(store.files().remove(untouched));
    assertEquals(Optional.of(manifest), store.find("action"));
    assertTrue(store.files().remove(touched));
    assertTrue(store.files().remove(touched));
    assertEquals(Optional.empty(), store.use("action"));
    assertFalse(store.files().touch(name));

    StoredFile blob = store.files().list("blobs/").get(0);
    blob(store, "content"); // equal: nothing is uploaded, and yet the blob is in use
    assertFalse(store.files().remove(blob));
    assertEquals(1, gcs.requests("POST .*uploadType=resumable"));
  }

  @Test
  void fileIsReadFromTheBucketAndNotFromTheCopyHere() throws Exception {
    ArtifactStore store = open("here");
    String name = StoreLayout.blob(blob(store, "content").sha256());
    gcs.bucket().put("runs/one/" + name, "CONTENT".getBytes(UTF_8), null);
    try (InputStream in = store.files().open(name)) {
      assertEquals("CONTENT", new String(in.readAllBytes(), UTF_8));
    }
    gcs.bucket().delete("runs/one/" + name, null);
    assertThrows(NoSuchFileException.class, () -> store.files().open(name));
    try (Stream<Path> left = Files.walk(folder.resolve("here/tmp"))) {
      assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void damagedCopyOfASmallFileIsFetchedAgain() throws Exception {
    ArtifactStore store = open("here");
    FileEntry entry = blob(store, "content");
    Path copy = store.blob(entry);
    assertTrue(copy.toFile().setWritable(true));
    Files.writeString(copy, "CONTENT");
    assertEquals("content", Files.readString(store.blob(entry)));
  }

  @Test
  void requestsThatFailForAMomentAreRepeatedWithoutLossOrDuplicate() throws Exception {
    ArtifactStore store = open("here");
    gcs.fail("POST .*uploadType=resumable", Fault.status(503), 2);
    gcs.fail("PUT ", Fault.of(Fault.Kind.CUT_UPLOAD), 1);
    FileEntry entry = blob(store, "content".repeat(1000));
    assertEquals(3, gcs.requests("PUT ")); // half, the question how much came, the rest
    gcs.fail("POST .*uploadType=multipart", Fault.status(429), 1);
    gcs.fail("POST .*uploadType=multipart", Fault.of(Fault.Kind.LOST_ANSWER), 1);
    Manifest manifest = manifest("action", "run", entry);
    assertEquals(manifest, store.commit(manifest));

    gcs.fail("GET .*/blobs/.*alt=media", Fault.status(500), 1);
    gcs.fail("GET .*/blobs/.*alt=media", Fault.of(Fault.Kind.CUT_DOWNLOAD), 1);
    ArtifactStore there = open("there");
    assertEquals(Optional.of(manifest), there.find("action"));
    assertEquals("content".repeat(1000), Files.readString(there.blob(entry)));
    assertEquals(3, gcs.requests("GET .*/blobs/.*alt=media"));
  }

  @Test
  void serviceThatStaysAwayIsNamed() throws Exception {
    ArtifactStore store = open("here");
    gcs.fail("GET .*/manifests/action", Fault.status(503), Integer.MAX_VALUE);
    IOException failed = assertThrows(IOException.class, () -> store.find("action"));
    assertEquals(
        "Cannot read gs://lab/runs/one/manifests/action.json: the service answered HTTP 503 to every try; run again to continue",
        failed.getMessage());
  }

  @Test
  void damagedDownloadIsNamedAndNotKept() throws Exception {
    FileEntry entry = blob(open("here"), "content");
    ArtifactStore there = open("there");
    gcs.fail("GET .*/blobs/.*alt=media", Fault.of(Fault.Kind.DAMAGED_DOWNLOAD), 1);
    IOException damaged = assertThrows(IOException.class, () -> there.blob(entry));
    assertTrue(
        damaged
            .getMessage()
            .startsWith(
                "Cannot read gs://lab/runs/one/%s: it arrived damaged, 7 bytes with CRC32C "
                    .formatted(StoreLayout.blob(entry.sha256()))),
        damaged.getMessage());
    assertEquals("content", Files.readString(there.blob(entry)));
  }

  @Test
  void blobWithOtherBytesThanItsNameSaysIsRefusedAndRepaired() throws Exception {
    ArtifactStore here = open("here");
    FileEntry entry = blob(here, "content");
    String object = "runs/one/" + StoreLayout.blob(entry.sha256());
    gcs.bucket().put(object, "CONTENT".getBytes(UTF_8), null);
    IOException refused = assertThrows(IOException.class, () -> open("there").blob(entry));
    assertTrue(refused.getMessage().contains("holds bytes with SHA-256"), refused.getMessage());
    blob(here, "content");
    assertEquals("content", Files.readString(open("there").blob(entry)));
  }

  @Test
  void storeOfANewerVersionIsRefused() throws Exception {
    gcs.bucket()
        .put("runs/one/store.json", "{\"storeVersion\": 2, \"new\": 1}".getBytes(UTF_8), null);
    IOException refused = assertThrows(IOException.class, () -> open("here"));
    assertEquals(
        "Cannot open artifact root gs://lab/runs/one: store version 2, expected at most 1; use a newer Partita or another root",
        refused.getMessage());
  }

  @Test
  void missingBucketIsNamed() {
    IOException missing = assertThrows(IOException.class, () -> open("here", "gs://attic/x"));
    assertEquals(
        "Cannot open artifact root gs://attic/x: bucket attic does not exist (HTTP 404); create it or name another root",
        missing.getMessage());
  }

  @Test
  void refusedCredentialsSayWhatToDo() {
    gcs.fail("GET ", Fault.status(401), 1);
    IOException refused = assertThrows(IOException.class, () -> open("here"));
    assertTrue(
        refused.getMessage().contains("GOOGLE_APPLICATION_CREDENTIALS"), refused.getMessage());
  }

  @Test
  void emptyBlobIsABlob() throws Exception {
    FileEntry entry = blob(open("here"), "");
    assertEquals("", Files.readString(open("there").blob(entry)));
  }

  @Test
  void storesWithDifferentPrefixesDoNotMeet() throws Exception {
    ArtifactStore one = open("here");
    one.commit(manifest("action", "run", blob(one, "content")));
    ArtifactStore two = open("here", "gs://lab/runs/one-more/");
    assertEquals(Optional.empty(), two.find("action"));
    assertFalse(two.manifests().iterator().hasNext());
  }

  private static Manifest manifest(String action, String run, FileEntry... files) {
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
        new Manifest.Provenance(run, "2026-01-01T00:00:00Z", 1.5, "none"));
  }
}
