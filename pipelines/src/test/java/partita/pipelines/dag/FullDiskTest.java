package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linux's device without any space stands for the disk. */
class FullDiskTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  @BeforeEach
  void findDevice() {
    assumeTrue(Files.exists(FULL));
  }

  @Test
  void eventThatFindsNoSpaceNamesFileAndFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("events.jsonl"), FULL);
    RunEvents events = RunEvents.open(folder);
    IOException e =
        assertThrows(IOException.class, () -> events.append("", "run-started", "toy", Map.of()));
    assertMessage("Cannot write events.jsonl in " + folder, e);
  }

  @Test
  void recordThatFindsNoSpaceNamesFileAndFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("run.json.part"), FULL);
    RunRecord record =
        new RunRecord(
            "id", "toy", List.of(), "DirectRunner", "running", "", 0, "", Map.of(), List.of());
    IOException e = assertThrows(IOException.class, () -> record.write(folder));
    assertMessage("Cannot write run.json in " + folder, e);
  }

  private static void assertMessage(String expected, IOException e) {
    assertTrue(e.getMessage().startsWith(expected), e.getMessage());
    assertTrue(e.getMessage().contains("MiB are free there"), e.getMessage());
  }
}
