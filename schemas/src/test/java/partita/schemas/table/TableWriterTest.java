package partita.schemas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;

class TableWriterTest {
  private static final TableSchema SCHEMA =
      new TableSchema(
          "mixed",
          1,
          List.of(
              Column.scalar("id", ElementType.INT64),
              Column.scalar("name", ElementType.UTF8),
              Column.scalar("data", ElementType.BINARY)));

  @TempDir Path folder;

  @Test
  void blocksThatAreNotTheirRowsAreRefusedBeforeAnyIsTaken() throws Exception {
    try (TableWriter writer = TableWriter.create(file(), "t/0", SCHEMA, 4)) {
      List<byte[]> data = List.of(new byte[1]);
      assertRefused(
          "column id: found 8 bytes, expected 2 rows of 8 bytes",
          () -> writer.append(2, new long[1], List.of("a", "b"), data));
      assertRefused(
          "column id: found int[], expected a ByteBuffer or an array of INT64",
          () -> writer.append(1, new int[1], List.of("a"), data));
      assertRefused(
          "column name: found 2 values, expected 1",
          () -> writer.append(1, new long[1], List.of("a", "b"), data));
      assertRefused(
          "column data: found String[], expected a list of byte[] or ByteBuffer",
          () -> writer.append(1, new long[1], List.of("a"), new String[1]));
      assertRefused("expected a list of String", () -> writer.append(1, new long[1], data, data));
      assertRefused(
          "found 1 columns, expected [id, name, data]", () -> writer.append(1, new long[1]));
      writer.append(1, new long[] {7}, List.of("a"), List.of(ByteBuffer.wrap(new byte[2])));
      assertEquals(1, writer.rows());
      FileEntry entry = writer.commit();
      assertEquals(1, entry.rows());
      assertEquals(7, TableReader.openFile(file(), entry).longs("id")[0]);
    }
  }

  @Test
  void largeBinaryValuesGrowTheirBatch() throws Exception {
    byte[] large = new byte[100_000];
    large[99_999] = 1;
    try (TableWriter writer = TableWriter.create(file(), "t/0", SCHEMA, 4)) {
      for (int i = 0; i < 6; i++) {
        writer.append(1, new long[] {i}, List.of("x".repeat(i * 3000)), List.of(large));
      }
      try (TableReader reader = TableReader.openFile(file(), writer.commit())) {
        for (int i = 0; i < 6; i++) {
          assertEquals(ByteBuffer.wrap(large), reader.bytes("data", i));
          assertEquals(i * 3000, reader.text("name", i).length());
        }
      }
    }
  }

  @Test
  void batchOfTwoGibibytesIsRefusedWithTheMostRowsThereMayBe() {
    TableSchema large = ImageTable.schema(3, 256, 256);
    assertRefused(
        "use at most 10,921 rows a batch", () -> TableWriter.create(file(), "t/0", large, 11_000));
    assertRefused("0 rows a batch", () -> TableWriter.create(file(), "t/0", large, 0));
  }

  @Test
  void committedOrClosedWriterTakesNothingMore() throws Exception {
    TableWriter writer = TableWriter.create(file(), "t/0", PointTable.schema(), 4);
    writer.commit();
    assertEquals(
        "Cannot commit t/0: the writer is committed",
        assertThrows(IllegalStateException.class, writer::commit).getMessage());
    writer.close();
    writer.close();
    assertEquals(
        "Cannot append to t/0: the writer is closed",
        assertThrows(
                IllegalStateException.class,
                () -> writer.append(0, new long[0], new int[0], new float[0]))
            .getMessage());
    assertTrue(Files.exists(file()));
  }

  @Test
  void storeTakesTheFileAndTheTemporaryOneIsGone() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.resolve("store").toString());
    try (TableWriter writer = TableWriter.create(store, "t/0", PointTable.schema(), 4)) {
      writer.append(1, new long[1], new int[1], new float[2]);
      FileEntry entry = writer.commit();
      assertTrue(Files.exists(store.blob(entry)));
    }
    try (TableWriter writer = TableWriter.create(store, "t/1", PointTable.schema(), 1)) {
      writer.append(1, new long[1], new int[1], new float[2]);
    }
    try (java.util.stream.Stream<Path> left = Files.list(store.temporary())) {
      assertTrue(left.findAny().isEmpty());
    }
  }

  @Test
  void folderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing/t.arrow");
    String message =
        assertThrows(
                IOException.class, () -> TableWriter.create(missing, "t/0", PointTable.schema(), 4))
            .getMessage();
    assertTrue(
        message.startsWith("Cannot write table t/0 in " + missing.getParent() + ": "), message);
  }

  @Test
  void fullDiskFailsTheWriteAtOnce() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs Linux");
    IOException failure =
        assertThrows(
            IOException.class, () -> new IpcFile(full, ArrowSchemas.toArrow(PointTable.schema())));
    assertEquals("No space left on device", failure.getMessage());
  }

  private Path file() {
    return folder.resolve("t.arrow");
  }

  private static void assertRefused(String part, Executable use) {
    String message = assertThrows(IllegalArgumentException.class, use).getMessage();
    assertTrue(message.contains(part), message);
  }
}
