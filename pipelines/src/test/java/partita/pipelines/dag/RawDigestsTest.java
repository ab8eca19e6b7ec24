package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;

class RawDigestsTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @TempDir private Path folder;
  private ArtifactStore store;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
    file = write("first");
  }

  private Path write(String text) throws IOException {
    Path written = Files.writeString(folder.resolve("a.txt"), text);
    return Files.setLastModifiedTime(written, LONG_AGO);
  }

  private String digest(boolean rehash) throws IOException {
    return new RawDigests(store, rehash).of(RawInput.of(file));
  }

  @Test
  void rememberedDigestIsTrustedUntilSizeOrTimeChangesUnlessRehashing() throws IOException {
    String before = digest(false);
    write("FIRST"); // same size, inode and time

    assertEquals(before, digest(false));
    String rehashed = digest(true);
    assertNotEquals(before, rehashed);
    assertEquals(rehashed, digest(false));

    Files.setLastModifiedTime(write("other"), FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
    assertNotEquals(rehashed, digest(false));
  }

  @Test
  void fileModifiedJustNowIsReadAgain() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    Files.setLastModifiedTime(file, now);
    String before = digest(false);
    Files.setLastModifiedTime(write("FIRST"), now);

    assertNotEquals(before, digest(false));
  }

  @Test
  void placeOfTheFolderDoesNotCountButNamesInsideItDo() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    Path inOne = Files.writeString(one.resolve("x"), "same");
    Path inTwo = Files.writeString(two.resolve("x"), "same");
    Path renamed = Files.writeString(two.resolve("y"), "same");
    RawDigests digests = new RawDigests(store, false);

    String digest = digests.of(new RawInput(one, List.of(inOne)));
    assertEquals(digest, digests.of(new RawInput(two, List.of(inTwo))));
    assertNotEquals(digest, digests.of(new RawInput(two, List.of(renamed))));
  }

  @Test
  void whereThereIsNoStoreNothingIsRemembered() throws IOException {
    String before = digest(false);
    Path nowhere = folder.resolve("artifcats");
    store = ArtifactStores.read(nowhere.toString());

    assertEquals(before, digest(false));
    assertFalse(Files.exists(nowhere));
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Files.delete(file);

    BadInputException missing = assertThrows(BadInputException.class, () -> digest(false));
    assertEquals("Cannot read " + file + ": the file does not exist", missing.getMessage());
  }
}
