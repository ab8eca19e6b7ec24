package partita.schemas.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in Arrow files that other programs wrote. */
class VectorFileTest {
  private static final int WIDTH = 3;

  @TempDir private Path folder;

  @Test
  void rowsAreReadAcrossBatchesOfAnySize() throws IOException {
    Path file = write("embedding", 2, 5, 1);
    try (VectorFile vectors = VectorFile.open(file)) {
      assertEquals(8, vectors.rows());
      assertEquals(WIDTH, vectors.width());
      FloatBuffer read = FloatBuffer.allocate(6 * WIDTH);
      vectors.read(1, 6, read);
      float[] expected = new float[6 * WIDTH];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (WIDTH + i) / 4f;
      }
      assertArrayEquals(expected, read.array());
      vectors.read(0, 1, read.clear());
      assertEquals(0.25f, read.get(1));
    }
  }

  @Test
  void fileWithoutVectorsIsAnsweredWithItsColumns() throws IOException {
    Path file = folder.resolve("numbers.arrow");
    try (BufferAllocator allocator = new RootAllocator();
        IntVector numbers = new IntVector("number", allocator);
        VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
        FileOutputStream out = new FileOutputStream(file.toFile());
        ArrowFileWriter writer = new ArrowFileWriter(root, null, out.getChannel())) {
      numbers.allocateNew(1);
      numbers.set(0, 7);
      root.setRowCount(1);
      writer.writeBatch();
      writer.end();
    }
    String message = assertThrows(IOException.class, () -> VectorFile.open(file)).getMessage();
    assertTrue(message.contains("it has columns [number: Int(32, true)]"), message);
  }

  @Test
  void fileThatIsCutShortIsRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(write("embedding", 4));
    Path cut = Files.write(folder.resolve("cut.arrow"), Arrays.copyOf(whole, whole.length - 40));
    String message = assertThrows(IOException.class, () -> VectorFile.open(cut)).getMessage();
    assertTrue(message.startsWith("Cannot read features " + cut), message);
  }

  /** Element i of all rows is i / 4, exact in float32. */
  private Path write(String column, int... batches) throws IOException {
    Path file = folder.resolve("vectors.arrow");
    Field item =
        new Field(
            "item",
            FieldType.notNullable(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
            List.of());
    Field list =
        new Field(column, FieldType.notNullable(new ArrowType.FixedSizeList(WIDTH)), List.of(item));
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(list)), allocator);
        FileOutputStream out = new FileOutputStream(file.toFile());
        ArrowFileWriter writer = new ArrowFileWriter(root, null, out.getChannel())) {
      int next = 0;
      for (int rows : batches) {
        FixedSizeListVector vectors = (FixedSizeListVector) root.getVector(column);
        Float8Vector values = (Float8Vector) vectors.getDataVector();
        vectors.allocateNew();
        for (int row = 0; row < rows; row++) {
          vectors.setNotNull(row);
          for (int i = 0; i < WIDTH; i++) {
            values.setSafe(row * WIDTH + i, next / 4.0);
            next++;
          }
        }
        root.setRowCount(rows);
        writer.writeBatch();
      }
      writer.end();
    }
    return file;
  }
}
