package partita.schemas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;

/** Files that are not what their manifest says. */
class DamagedTableTest {
  private static final TableSchema SCHEMA = FeatureTable.schema(4);

  @TempDir Path folder;
  private Path file;
  private FileEntry entry;
  private byte[] bytes;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("features.arrow");
    entry = write(file, "train/00002.arrow", SCHEMA);
    bytes = Files.readAllBytes(file);
  }

  private static FileEntry write(Path file, String name, TableSchema schema) throws IOException {
    int width = schema.columns().get(1).elements();
    try (TableWriter writer = TableWriter.create(file, name, schema, 2)) {
      float[] features = new float[5 * width];
      for (int i = 0; i < features.length; i++) {
        features[i] = 1000 + i;
      }
      writer.append(5, new long[] {1, 2, 3, 4, 5}, features);
      return writer.commit();
    }
  }

  @Test
  void flippedBitIsFoundOnFirstTouchOfItsBatchAndNamed() throws Exception {
    int at = indexOf(bytes, Float.floatToIntBits(1009)); // row 2, so batch 1
    bytes[at] ^= 1;
    Files.write(file, bytes);
    try (TableReader reader = TableReader.openFile(file, entry)) {
      assertEquals(1000f, reader.bytes("feature", 0).getFloat(0));
      assertEquals(1016f, reader.bytes("feature", 4).getFloat(0));
      String message =
          assertThrows(IOException.class, () -> reader.bytes("feature", 2)).getMessage();
      assertTrue(message.contains("train/00002.arrow"), message);
      assertTrue(message.contains("batch 1 "), message);
      assertTrue(message.contains("CRC32C"), message);
      assertThrows(IOException.class, () -> reader.floats("feature"));
    }
  }

  private static int indexOf(byte[] bytes, int littleEndian) {
    for (int i = 0; i + 4 <= bytes.length; i += 4) {
      int found =
          (bytes[i] & 255)
              | (bytes[i + 1] & 255) << 8
              | (bytes[i + 2] & 255) << 16
              | (bytes[i + 3] & 255) << 24;
      if (found == littleEndian) {
        return i;
      }
    }
    throw new AssertionError("value not found");
  }

  @Test
  void fileCutOffAnywhereIsRefusedByName() throws Exception {
    for (int length = 0; length < bytes.length; length += 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      String message = refused(entry);
      assertTrue(message.startsWith("Cannot read train/00002.arrow: "), length + ": " + message);
    }
  }

  @Test
  void anyFlippedByteIsFoundOrHarmless() throws Exception {
    float[] expected;
    try (TableReader reader = TableReader.openFile(file, entry)) {
      expected = reader.floats("feature");
    }
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) 0x5a;
      Path copy = folder.resolve("damaged" + at);
      Files.write(copy, damaged);
      try (TableReader reader = TableReader.openFile(copy, entry)) {
        assertTrue(Arrays.equals(expected, reader.floats("feature")), "byte " + at);
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith("Cannot read train/00002.arrow"), e.getMessage());
      }
    }
  }

  @Test
  void otherFileIsRefused() throws Exception {
    Files.write(file, "P6 32 32 255 and so on, no table".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "Cannot read train/00002.arrow: it does not begin and end with ARROW1; it is no Arrow file"
            + " or was cut off",
        refused(entry));
  }

  @Test
  void manifestWithOtherRowsOrBatchesIsRefused() {
    for (long rows : new long[] {4, 7, 0}) {
      FileEntry other =
          new FileEntry(
              entry.name(),
              entry.sha256(),
              entry.bytes(),
              rows,
              entry.schema(),
              entry.batchCrc32c());
      assertEquals(
          "Cannot read train/00002.arrow: it has 3 batches of 2 rows, its manifest "
              + rows
              + " rows",
          refused(other));
    }
    FileEntry fewer =
        new FileEntry(
            entry.name(), entry.sha256(), entry.bytes(), 5, entry.schema(), List.of(1L, 2L));
    assertEquals("Cannot read train/00002.arrow: it has 3 batches, its manifest 2", refused(fewer));
  }

  @Test
  void otherSchemaThanTheManifestsIsRefusedWithTheColumnsThereAre() {
    FileEntry other =
        new FileEntry(
            entry.name(),
            entry.sha256(),
            entry.bytes(),
            5,
            FeatureTable.schema(8).fingerprint(),
            entry.batchCrc32c());
    String message = refused(other);
    assertTrue(message.contains("[id INT64, feature FLOAT32[4]]"), message);
  }

  @Test
  void fileThatIsNoTableIsRefused() {
    FileEntry other = new FileEntry("notes.txt", entry.sha256(), entry.bytes(), 0, "", List.of());
    assertEquals("Cannot read notes.txt as a table: it is another file", refused(other));
  }

  @Test
  void unexpectedColumnsAreToldApart() throws Exception {
    try (TableReader reader = TableReader.openFile(file, entry)) {
      assertEquals(reader, reader.expect(SCHEMA));
      assertEquals(
          "Cannot read train/00002.arrow: table features has [feature FLOAT32[4]] where [feature"
              + " FLOAT32[8]] is expected",
          assertThrows(IOException.class, () -> reader.expect(FeatureTable.schema(8)))
              .getMessage());
      assertEquals(
          "Cannot read train/00002.arrow: found table features 1 [id INT64, feature FLOAT32[4]],"
              + " expected points 1 [id INT64, label INT32, point FLOAT32[2]]",
          assertThrows(IOException.class, () -> reader.expect(PointTable.schema())).getMessage());
    }
  }

  @Test
  void filesOfDifferentColumnsAreNoTable() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.resolve("store").toString());
    FileEntry one = add(store, "train/00000.arrow", SCHEMA);
    FileEntry two = add(store, "train/00001.arrow", FeatureTable.schema(8));
    String message =
        assertThrows(IOException.class, () -> TableReader.open(store, List.of(one, two)))
            .getMessage();
    assertTrue(message.contains("train/00000.arrow and train/00001.arrow"), message);
    assertTrue(message.contains("feature FLOAT32[8]"), message);
    assertThrows(IOException.class, () -> TableReader.open(store, List.of()));
  }

  @Test
  void missingRoleIsRefusedWithTheRolesThereAre() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.resolve("store").toString());
    Manifest manifest =
        manifest(
            add(store, "train/00000.arrow", SCHEMA), add(store, "validation/00000.arrow", SCHEMA));
    assertEquals(
        "Cannot open 'test' of artifact embed action: it has [train, validation]",
        assertThrows(IOException.class, () -> TableReader.open(store, manifest, "test"))
            .getMessage());
    try (TableReader reader = TableReader.open(store, manifest, "train")) {
      assertEquals(5, reader.rows());
    }
  }

  @Test
  void blobThatVanishesIsNamed() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.resolve("store").toString());
    FileEntry added = add(store, "train/00000.arrow", SCHEMA);
    try (TableReader reader = TableReader.open(store, List.of(added))) {
      assertEquals(1000f, reader.bytes("feature", 0).getFloat(0));
      Files.delete(store.blob(added));
      assertEquals(1000f, reader.bytes("feature", 0).getFloat(0), "mapped batches stay");
      String message = assertThrows(IOException.class, () -> reader.floats("feature")).getMessage();
      assertTrue(message.contains("train/00000.arrow"), message);
      assertTrue(message.contains("gone"), message);
    }
  }

  private static FileEntry add(ArtifactStore store, String name, TableSchema schema)
      throws IOException {
    Path file = store.temporary().resolve("table.arrow");
    FileEntry written = write(file, name, schema);
    return store.addBlob(file, name, written.rows(), written.schema(), written.batchCrc32c());
  }

  private static Manifest manifest(FileEntry... files) {
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        "embed",
        "action",
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
        new Manifest.Provenance("run", "2026-01-01T00:00:00Z", 1, "none"));
  }

  private String refused(FileEntry manifest) {
    return assertThrows(IOException.class, () -> TableReader.openFile(file, manifest)).getMessage();
  }
}
