package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogFileTest {
  @TempDir Path folder;

  @Test
  void logThatFindsNoSpacePutsNoTraceOnTheTerminal() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Files.createSymbolicLink(folder.resolve("log.txt"), full);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream terminal = System.err;
    System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try (RunLogFile log = new RunLogFile()) {
      RunLogFile.quiet();
      log.open(folder);
      log.failure("Stage toy", new IOException("No space left on device"));
    } finally {
      System.setErr(terminal);
    }
    assertEquals("", shown.toString(StandardCharsets.UTF_8));
  }
}
