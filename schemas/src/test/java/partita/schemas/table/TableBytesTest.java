package partita.schemas.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.FileEntry;

/** The bytes of a written file: the same whatever the blocks, and Arrow's own reader takes them. */
class TableBytesTest {
  private static final int ROWS = 23;
  private static final TableSchema SCHEMA =
      new TableSchema(
          "images",
          1,
          List.of(
              Column.scalar("id", ElementType.INT64),
              Column.tensor("pixels", ElementType.UINT8, 3, 2, 2),
              Column.scalar("source", ElementType.UTF8),
              Column.tensor("feature", ElementType.FLOAT64, 2)));

  @TempDir Path folder;

  @Test
  void bytesDoNotDependOnTheBlocksOfTheAppends() throws Exception {
    FileEntry whole = write("whole", 5, ROWS);
    for (int block : new int[] {1, 2, 5, 7, 22}) {
      FileEntry entry = write("block" + block, 5, block);
      assertEquals(whole.sha256(), entry.sha256());
      assertEquals(whole.batchCrc32c(), entry.batchCrc32c());
    }
    assertEquals(5, whole.batchCrc32c().size());
  }

  /**
   * Content digests select artifacts, so a library upgrade that moves a byte must be seen. The
   * value is what the first version wrote; {@link #arrowReadsTheFile} says that it is right.
   */
  @Test
  void bytesStayAsTheyWere() throws Exception {
    assertEquals(
        "77d1017232f0035ef1663c2c294ad5a8dde61baa57ccce8900a7183b81aa4081",
        write("golden", 5, ROWS).sha256());
  }

  @Test
  void bufferMayBeDirectOrReadOnlyOrAPartAndStaysWhereItIs() throws Exception {
    TableSchema schema = new TableSchema("x", 1, List.of(Column.tensor("x", ElementType.INT32, 2)));
    ByteBuffer large = ByteBuffer.allocateDirect(40).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 10; i++) {
      large.putInt(i);
    }
    large.position(8).limit(32);
    Path file = folder.resolve("part.arrow");
    try (TableWriter writer = TableWriter.create(file, "x/0", schema, 2)) {
      writer.append(3, large);
      writer.append(3, large.asReadOnlyBuffer());
      byte[] heap = new byte[24];
      large.duplicate().get(heap);
      writer.append(3, ByteBuffer.wrap(heap));
      FileEntry entry = writer.commit();
      assertEquals(8, large.position());
      int[] expected = IntStream.range(0, 18).map(i -> 2 + i % 6).toArray();
      assertArrayEquals(expected, TableReader.openFile(file, entry).ints("x"));
    }
  }

  @Test
  void arrowReadsTheFile() throws Exception {
    write("arrow", 5, ROWS);
    try (BufferAllocator allocator = new RootAllocator();
        FileInputStream in = new FileInputStream(folder.resolve("arrow.arrow").toFile());
        ArrowFileReader reader = new ArrowFileReader(in.getChannel(), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertEquals(
          Map.of("partita.table", "images", "partita.table.version", "1"),
          root.getSchema().getCustomMetadata());
      Map<String, String> tensor = root.getSchema().findField("pixels").getMetadata();
      assertEquals("arrow.fixed_shape_tensor", tensor.get("ARROW:extension:name"));
      assertEquals("{\"shape\":[3,2,2]}", tensor.get("ARROW:extension:metadata"));
      assertEquals(Map.of(), root.getSchema().findField("feature").getMetadata());
      assertEquals(5, reader.getRecordBlocks().size());
      int row = 0;
      while (reader.loadNextBatch()) {
        assertEquals(Math.min(5, ROWS - row), root.getRowCount());
        for (int i = 0; i < root.getRowCount(); i++, row++) {
          assertRow(root, i, row);
        }
      }
      assertEquals(ROWS, row);
    }
  }

  private static void assertRow(VectorSchemaRoot root, int index, int row) {
    assertEquals((long) row, root.getVector("id").getObject(index));
    assertEquals("ü" + row, root.getVector("source").getObject(index).toString());
    assertEquals(List.of(row + .5, -row * 1.0), root.getVector("feature").getObject(index));
    UInt1Vector pixels =
        (UInt1Vector) ((FixedSizeListVector) root.getVector("pixels")).getDataVector();
    for (int i = 0; i < 12; i++) {
      assertEquals((byte) (row * 12 + i), pixels.get(index * 12 + i));
    }
    for (FieldVector vector : root.getFieldVectors()) {
      assertEquals(0, vector.getNullCount());
    }
  }

  @Test
  void closingWithoutCommitLeavesNothing() throws Exception {
    Path file = folder.resolve("never.arrow");
    try (TableWriter writer = TableWriter.create(file, "x/0", SCHEMA, 5)) {
      append(writer, 0, ROWS);
      assertFalse(Files.exists(file));
    }
    try (java.util.stream.Stream<Path> left = Files.list(folder)) {
      assertTrue(left.findAny().isEmpty());
    }
  }

  private FileEntry write(String name, int rowsPerBatch, int block) throws IOException {
    Path file = folder.resolve(name + ".arrow");
    try (TableWriter writer = TableWriter.create(file, "train/00000.arrow", SCHEMA, rowsPerBatch)) {
      for (int from = 0; from < ROWS; from += block) {
        append(writer, from, Math.min(block, ROWS - from));
      }
      return writer.commit();
    }
  }

  private static void append(TableWriter writer, int from, int rows) throws IOException {
    byte[] pixels = new byte[rows * 12];
    double[] features = new double[rows * 2];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (from * 12 + i);
    }
    for (int i = 0; i < rows; i++) {
      features[2 * i] = from + i + .5;
      features[2 * i + 1] = -(from + i);
    }
    writer.append(
        rows,
        IntStream.range(from, from + rows).asLongStream().toArray(),
        pixels,
        IntStream.range(from, from + rows).mapToObj(row -> "ü" + row).toList(),
        features);
  }
}
