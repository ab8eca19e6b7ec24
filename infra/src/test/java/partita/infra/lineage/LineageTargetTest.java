package partita.infra.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineageTargetTest {
  @TempDir private Path folder;

  @Test
  void addressLosesItsPasswordAndKeepsItsPath() {
    LineageTarget target = LineageTarget.parse("https://me:se%40cret@host:5000/api/v1@x");
    assertEquals(Optional.of(URI.create("https://host:5000/api/v1@x")), target.server());
    assertEquals("https://host:5000/api/v1@x", target.shown());
    assertEquals("Basic bWU6c2VAY3JldA==", target.headers().get("Authorization"));
  }

  @Test
  void slashAloneIsNoPath() {
    assertEquals(
        Optional.of(URI.create("http://host:5000")),
        LineageTarget.parse("http://host:5000/").server());
  }

  @Test
  void anythingElseIsAFile() {
    assertEquals(
        Optional.of(folder.resolve("lineage.jsonl")),
        LineageTarget.parse(folder.resolve("lineage.jsonl").toString()).file());
    assertTrue(LineageTarget.parse("lineage.jsonl").file().isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/no/such/folder/lineage.jsonl",
        "ftp://me:secret@host/x",
        "http://",
        "http://host/x?token=secret",
        "http://host:port/#secret",
        "http://me:1234/secret@host:5000",
        "http://me:1234#secret@host",
        "http://me:sec ret@host:5000"
      })
  void refusalHoldsNoPassword(String given) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> LineageTarget.parse(given)).getMessage();
    assertTrue(message.contains(": expected a file in a folder that exists, or http://"), message);
    assertFalse(message.contains("secret") || message.contains("sec ret"), message);
  }
}
