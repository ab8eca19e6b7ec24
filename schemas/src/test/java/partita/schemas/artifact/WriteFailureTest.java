package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteFailureTest {
  @TempDir Path folder;

  @Test
  void fullDiskIsToldWithTheFolderAndTheSpaceLeft() {
    IOException full = new FileSystemException("tmp/x", null, "No space left on device");
    String message = WriteFailure.of("blob of a/0", folder, full).getMessage();
    assertTrue(
        message.startsWith("Cannot write blob of a/0 in " + folder + ": No space left on device; "),
        message);
    assertTrue(message.endsWith(" MiB are free there"), message);
  }

  @Test
  void innermostFailureIsToldOnce() {
    IOException told = WriteFailure.of("table t", folder, new IOException("broken"));
    assertSame(told, WriteFailure.of("manifest m", folder, told));
  }

  @Test
  void reasonIsInWords() {
    assertEquals("permission denied", WriteFailure.reason(new AccessDeniedException("/x")));
    assertEquals("FileSystemException", WriteFailure.reason(new FileSystemException("/x")));
    assertEquals("IOException", WriteFailure.reason(new IOException()));
  }
}
