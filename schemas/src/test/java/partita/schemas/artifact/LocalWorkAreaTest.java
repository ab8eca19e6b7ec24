package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkAreaTest {
  @TempDir Path folder;
  private ArtifactStore store;
  private WorkArea work;

  @BeforeEach
  void open() throws IOException {
    store = ArtifactStores.open(folder.toString());
    work = store.work("action");
  }

  @Test
  void filesAreWrittenReplacedListedAndRemoved() throws Exception {
    assertEquals(List.of(), work.list(""));
    assertEquals(Optional.empty(), work.read("stop"));
    work.write("stop", new byte[0]);
    work.write("progress/00001.json", bytes("one"));
    work.note("progress/00000.json", bytes("zero"));
    work.note("progress/00000.json", bytes("more"));
    assertArrayEquals(bytes("more"), work.read("progress/00000.json").orElseThrow());
    assertEquals(List.of("progress/00000.json", "progress/00001.json"), work.list("progress/"));
    assertEquals(List.of("progress/00000.json", "progress/00001.json", "stop"), work.list(""));
    work.delete("stop");
    work.delete("stop");
    assertEquals(Optional.empty(), work.read("stop"));
    work.clear();
    work.clear();
    assertEquals(List.of(), work.list(""));
  }

  @Test
  void publishedFileIsMovedHereAndSurvivesReopening() throws Exception {
    Path file = Files.writeString(store.temporary().resolve("checkpoint"), "weights");
    work.publish("checkpoints/00000100.arrow", file);
    assertFalse(Files.exists(file));
    WorkArea reopened = ArtifactStores.open(folder.toString()).work("action");
    Path fetched = reopened.fetch("checkpoints/00000100.arrow").orElseThrow();
    assertEquals("weights", Files.readString(fetched));
    assertEquals(Optional.empty(), reopened.fetch("checkpoints/00000200.arrow"));
  }

  @Test
  void fileFromAnotherDiskIsCopiedAndRemoved() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)));
    Path file = Files.createTempFile(memory, "partita", ".test");
    Files.writeString(file, "elsewhere");
    work.publish("checkpoint", file);
    assertFalse(Files.exists(file));
    assertArrayEquals(bytes("elsewhere"), work.read("checkpoint").orElseThrow());
  }

  @Test
  void areasOfDifferentActionsDoNotMeet() throws Exception {
    work.write("name", bytes("mine"));
    assertEquals(Optional.empty(), store.work("other").read("name"));
    store.work("other").clear();
    assertTrue(work.read("name").isPresent());
  }

  @Test
  void readerSeesOldOrNewContentNeverAPart() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    work.note("progress", filled(0));
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 1; i < 300; i++) {
                  work.note("progress", filled(i));
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              } finally {
                done.set(true);
              }
            });
    writer.start();
    while (!done.get()) {
      byte[] seen = work.read("progress").orElseThrow();
      assertArrayEquals(filled(seen[0]), seen);
    }
    writer.join();
    assertArrayEquals(filled(299), work.read("progress").orElseThrow());
  }

  private static byte[] filled(int value) {
    byte[] content = new byte[20_000];
    Arrays.fill(content, (byte) value);
    return content;
  }

  @Test
  void interruptedThreadStillSavesItsCheckpoint() throws Exception {
    Path file = Files.writeString(store.temporary().resolve("checkpoint"), "weights");
    Thread.currentThread().interrupt();
    work.write("receipt", bytes("x"));
    work.publish("checkpoint", file);
    assertArrayEquals(bytes("weights"), work.read("checkpoint").orElseThrow());
    assertTrue(Thread.interrupted(), "the interrupt must not be lost");
  }

  @Test
  void namesThatLeadElsewhereAreRefused() {
    for (String name : List.of("", "..", "../x", "a/../b", "/a", "a/b/c", "a\\b", ".a")) {
      assertThrows(IllegalArgumentException.class, () -> work.read(name), name);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
