package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final FileEntry FIRST = entry("train/00000.arrow", "a");
  private static final FileEntry SECOND = entry("train/00001.arrow", "b");

  @Test
  void contentDigestIgnoresProvenanceAndKeys() {
    Manifest one = manifest("key1", "run1", Map.of("images.skipped", "3"), FIRST, SECOND);
    Manifest two = manifest("key2", "run2", Map.of("images.skipped", "3"), FIRST, SECOND);
    assertNotEquals(one, two);
    assertEquals(one.contentDigest(), two.contentDigest());
  }

  @Test
  void contentDigestSeesFilesNamesAndFacts() {
    String digest = manifest("k", "r", Map.of(), FIRST, SECOND).contentDigest();
    assertNotEquals(digest, manifest("k", "r", Map.of(), FIRST).contentDigest());
    assertNotEquals(digest, manifest("k", "r", Map.of("n", "1"), FIRST, SECOND).contentDigest());
    assertNotEquals(
        digest,
        manifest("k", "r", Map.of(), FIRST, entry("train/00002.arrow", "b")).contentDigest());
  }

  @Test
  void filesAreInShardOrderWhateverOrderTheyCameIn() {
    Manifest manifest = manifest("k", "r", Map.of(), SECOND, FIRST);
    assertEquals(List.of(FIRST, SECOND), manifest.files("train"));
    assertEquals(20, manifest.rows("train"));
    assertEquals(0, manifest.rows("validation"));
  }

  @Test
  void twoFilesOfOneNameAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> manifest("k", "r", Map.of(), FIRST, FIRST));
    assertTrue(refused.getMessage().contains("train/00000.arrow"), refused.getMessage());
  }

  @Test
  void jsonAndSerializationGiveAnEqualManifest() throws Exception {
    Manifest manifest = manifest("k", "r", Map.of("n", "1"), FIRST, SECOND);
    assertEquals(manifest, ManifestJson.read(ManifestJson.write(manifest), "here"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(manifest);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(manifest, in.readObject());
    }
  }

  @Test
  void damagedJsonIsRefusedByName() {
    for (String json : List.of("{", "{}", "[1]", "{\"stage\": null}")) {
      IOException refused =
          assertThrows(
              IOException.class,
              () -> ManifestJson.read(json.getBytes(StandardCharsets.UTF_8), "manifests/k.json"));
      assertTrue(
          refused.getMessage().startsWith("Cannot read manifest manifests/k.json: "),
          refused.getMessage());
    }
  }

  @Test
  void anyFlippedBitIsFound() throws Exception {
    byte[] json = ManifestJson.write(manifest("k", "r", Map.of("n", "1"), FIRST, SECOND));
    for (int at = 0; at < json.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = json.clone();
        damaged[at] ^= (byte) (1 << bit);
        String where = "byte %d, bit %d".formatted(at, bit);
        IOException refused =
            assertThrows(IOException.class, () -> ManifestJson.read(damaged, "here"), where);
        assertTrue(refused.getMessage().startsWith("Cannot read manifest here: "), where);
      }
    }
  }

  @Test
  void manifestOfAnEarlyStoreHasNoDigestAndIsRead() throws Exception {
    Manifest manifest = manifest("k", "r", Map.of(), FIRST);
    String json = new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    String early = json.substring(0, json.lastIndexOf(",\n  \"sha256\"")) + "}";
    assertEquals(
        manifest, ManifestJson.read(early.getBytes(StandardCharsets.UTF_8), "manifests/k.json"));
  }

  @Test
  void fileNamesThatLeadElsewhereAreRefused() {
    for (String name : List.of("", "/a", "a/", "../a", "a/../b", "a//b", "a b", ".hidden")) {
      assertThrows(IllegalArgumentException.class, () -> entry(name, "a"), name);
    }
  }

  private static FileEntry entry(String name, String digit) {
    return new FileEntry(name, digit.repeat(64), 100, 10, "f".repeat(64), List.of(1L, 0xffffffffL));
  }

  private static Manifest manifest(
      String key, String run, Map<String, String> facts, FileEntry... files) {
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        "stage",
        key,
        "recipe-" + key,
        new TreeMap<>(Map.of("k", "50")),
        1,
        "code",
        "none",
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(files),
        new TreeMap<>(facts),
        new Manifest.Provenance(run, "2026-01-01T00:00:00Z", 1.5, "none"));
  }
}
