package partita.infra.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.WorkArea;

class GcsWorkAreaTest {
  /** Folder of the store in its bucket. */
  private static final String STORE = "team/";

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

  private WorkArea open(String machine) throws IOException {
    GcsRoot root = GcsRoot.parse("gs://lab/team");
    LocalCache cache = new LocalCache(folder.resolve(machine));
    return GcsStore.open(root, gcs.client(), cache, LeaseTerms.USUAL).work("action");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "checkpoint", ".arrow"), content);
  }

  private static String read(WorkArea work, String name) throws IOException {
    return work.read(name).map(content -> new String(content, UTF_8)).orElse("absent");
  }

  @Test
  void lastOfTwoWritersStays() throws Exception {
    WorkArea here = open("here");
    WorkArea there = open("there");
    here.write("state", "1".getBytes(UTF_8));
    there.write("state", "2".getBytes(UTF_8));
    assertEquals("2", read(here, "state"));
    here.write("state", "3".getBytes(UTF_8));
    assertEquals("3", read(there, "state"));
    there.delete("state");
    there.delete("state");
    assertEquals("absent", read(here, "state"));
    here.write("state", "4".getBytes(UTF_8));
    assertEquals("4", read(there, "state"));
  }

  @Test
  void publishedFileIsFetchedHereWithoutADownloadAndElsewhereWithOne() throws Exception {
    WorkArea here = open("here");
    Path file = file("step 100");
    here.publish("checkpoints/a.arrow", file);
    assertFalse(Files.exists(file));
    assertEquals("step 100", Files.readString(here.fetch("checkpoints/a.arrow").orElseThrow()));
    assertEquals(0, gcs.requests("GET .*checkpoints.*alt=media"));

    WorkArea there = open("there");
    assertEquals("step 100", Files.readString(there.fetch("checkpoints/a.arrow").orElseThrow()));
    here.publish("checkpoints/a.arrow", file("step 200"));
    assertEquals("step 200", Files.readString(there.fetch("checkpoints/a.arrow").orElseThrow()));
    assertEquals(Optional.empty(), there.fetch("checkpoints/b.arrow"));
  }

  @Test
  void namesAreListedByPrefixInOrder() throws Exception {
    WorkArea work = open("here");
    for (String name : List.of("receipts/00001", "progress/00000", "receipts/00000", "receipts")) {
      work.write(name, new byte[0]);
    }
    assertEquals(List.of("receipts/00000", "receipts/00001"), work.list("receipts/"));
    assertEquals(
        List.of("progress/00000", "receipts", "receipts/00000", "receipts/00001"), work.list(""));
  }

  @Test
  void clearedAreaIsEmptyAndLeavesItsNeighborsAlone() throws Exception {
    WorkArea work = open("here");
    gcs.bucket().put(STORE + "work/action.lock", new byte[0], null);
    gcs.bucket().put(STORE + "work/action2/state", new byte[0], null);
    for (int i = 0; i < 5; i++) {
      work.write("state" + i, new byte[0]);
    }
    work.publish("checkpoint", file("step 100"));
    Path copy = work.fetch("checkpoint").orElseThrow();
    work.clear();
    assertEquals(List.of(), work.list(""));
    assertFalse(Files.exists(copy));
    assertTrue(gcs.bucket().get(STORE + "work/action.lock", null).isPresent());
    assertTrue(gcs.bucket().get(STORE + "work/action2/state", null).isPresent());
  }

  @Test
  void notesAreWrittenOnceASecondAndTheLastOneBeforeTheNextWrite() throws Exception {
    WorkArea work = open("here");
    long before = gcs.requests("POST ");
    long start = System.nanoTime();
    for (int i = 0; i <= 50; i++) {
      work.note("progress", Integer.toString(i).getBytes(UTF_8));
      assertEquals(Integer.toString(i), read(work, "progress"));
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000L;
    assertTrue(gcs.requests("POST ") - before <= 2 * (seconds + 2));
    work.write("receipt", new byte[0]);
    assertEquals("50", read(open("there"), "progress"));
  }

  @Test
  void absentNameIsNotAskedForAgainWithinASecond() throws Exception {
    WorkArea work = open("here");
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertEquals("absent", read(work, "stop"));
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000L;
    assertTrue(gcs.requests("GET .*work/action/stop") <= 1 + seconds);
    open("there").write("stop", "now".getBytes(UTF_8));
    Thread.sleep(1_050);
    assertEquals("now", read(work, "stop"));
  }

  @Test
  void interruptDoesNotCutACheckpointOff() throws Exception {
    WorkArea work = open("here");
    Thread task = Thread.currentThread();
    gcs.fail("PUT ", Fault.status(503), 1, task::interrupt);
    task.interrupt();
    work.publish("checkpoint", file("step 100"));
    assertTrue(Thread.interrupted());
    assertEquals("step 100", Files.readString(open("there").fetch("checkpoint").orElseThrow()));
  }
}
