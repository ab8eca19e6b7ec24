package partita.schemas.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;

class TableRoundTripTest {
  private static final TableSchema ALL_TYPES =
      new TableSchema(
          "all-types",
          1,
          List.of(
              Column.tensor("pixels", ElementType.UINT8, 2, 1, 3),
              Column.scalar("label", ElementType.INT32),
              Column.scalar("id", ElementType.INT64),
              Column.tensor("feature", ElementType.FLOAT32, 2),
              Column.scalar("value", ElementType.FLOAT64),
              Column.scalar("name", ElementType.UTF8),
              Column.scalar("data", ElementType.BINARY)));

  @TempDir Path folder;

  @Test
  void everyTypeComesBackAsWritten() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.toString());
    FileEntry entry;
    try (TableWriter writer = TableWriter.create(store, "rows/00000.arrow", ALL_TYPES, 2)) {
      writer.append(
          3,
          new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, (byte) 255},
          new int[] {-1, 0, Integer.MAX_VALUE},
          new long[] {7, Long.MIN_VALUE, 9},
          new float[] {.5f, -1, 2, 3, 4, Float.MIN_VALUE},
          new double[] {Math.PI, -0.0, 1e300},
          List.of("a", "", "größer"),
          List.of(new byte[0], new byte[] {1, 2, 3}, new byte[] {4}));
      entry = writer.commit();
    }
    assertEquals(3, entry.rows());
    assertEquals(2, entry.batchCrc32c().size());
    try (TableReader reader = TableReader.open(store, List.of(entry))) {
      assertEquals(ALL_TYPES, reader.schema());
      assertEquals(3, reader.rows());
      ByteBuffer pixels = ByteBuffer.allocate(18);
      reader.read("pixels", 0, 3, pixels);
      assertArrayEquals(
          new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, (byte) 255},
          pixels.array());
      ByteBuffer gathered = ByteBuffer.allocate(12);
      reader.gather("pixels", new long[] {2, 0}, gathered);
      assertArrayEquals(
          new byte[] {12, 13, 14, 15, 16, (byte) 255, 0, 1, 2, 3, 4, 5}, gathered.array());
      assertArrayEquals(new long[] {-1, 0, Integer.MAX_VALUE}, reader.longs("label"));
      assertArrayEquals(new long[] {7, Long.MIN_VALUE, 9}, reader.longs("id"));
      assertArrayEquals(new float[] {.5f, -1, 2, 3, 4, Float.MIN_VALUE}, reader.floats("feature"));
      assertArrayEquals(new double[] {Math.PI, -0.0, 1e300}, reader.doubles("value"));
      assertEquals("a", reader.text("name", 0));
      assertEquals("", reader.text("name", 1));
      assertEquals("größer", reader.text("name", 2));
      assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), reader.bytes("data", 1));
      assertEquals(ByteBuffer.wrap(new byte[] {4}), reader.bytes("data", 2));
    }
  }
}
