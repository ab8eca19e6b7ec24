package partita.schemas.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;

/** Rows over several files and batches; row {@code i} holds numbers derived from {@code i}. */
class TableRowsTest {
  private static final int WIDTH = 5;
  private static final int ROWS_PER_BATCH = 4;
  private static final TableSchema SCHEMA =
      new TableSchema(
          "numbered",
          1,
          List.of(
              Column.scalar("id", ElementType.INT64),
              Column.tensor("value", ElementType.FLOAT32, WIDTH),
              Column.scalar("name", ElementType.UTF8)));

  @TempDir Path folder;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    store = ArtifactStores.open(folder.toString());
  }

  @Test
  void everyRowIsFoundOverFilesAndBatchesAndEmptyFiles() throws Exception {
    try (TableReader reader = shards(0, 7, 0, 0, 4, 1, 12, 0)) {
      assertEquals(24, reader.rows());
      long[] ids = reader.longs("id");
      float[] values = reader.floats("value");
      for (int row = 0; row < 24; row++) {
        assertEquals(row, ids[row]);
        assertEquals(row * WIDTH + 3, values[row * WIDTH + 3]);
        assertEquals("row " + row, reader.text("name", row));
        assertEquals(row * WIDTH, reader.bytes("value", row).getFloat(0));
      }
    }
  }

  @Test
  void anyRangeEqualsTheSameRowsGathered() throws Exception {
    try (TableReader reader = shards(7, 0, 9, 3)) {
      for (int from = 0; from <= 19; from++) {
        for (int to = from; to <= 19; to++) {
          long[] rows = java.util.stream.LongStream.range(from, to).toArray();
          ByteBuffer range = target(rows.length);
          ByteBuffer gathered = ByteBuffer.allocateDirect(rows.length * WIDTH * Float.BYTES);
          reader.read("value", from, rows.length, range);
          reader.gather("value", rows, gathered);
          assertEquals(0, range.remaining());
          assertEquals(gathered.flip(), range.flip());
          FloatBuffer numbers = FloatBuffer.allocate(rows.length * WIDTH);
          reader.read("value", from, rows.length, numbers);
          assertEquals(0, numbers.remaining());
          assertEquals(range.asFloatBuffer(), numbers.flip());
          for (int i = 0; i < rows.length * WIDTH; i++) {
            assertEquals(from * WIDTH + i, range.getFloat(i * Float.BYTES));
          }
        }
      }
    }
  }

  @Test
  void rowsAreGatheredInTheOrderAskedBehindWhatIsThere() throws Exception {
    try (TableReader reader = shards(7, 9)) {
      ByteBuffer target = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      target.putLong(-5);
      reader.gather("id", new long[] {15, 0, 15}, target);
      assertEquals(4 * Long.BYTES, target.position());
      long[] found = new long[4];
      target.flip().asLongBuffer().get(found);
      assertArrayEquals(new long[] {-5, 15, 0, 15}, found);
    }
  }

  @Test
  void threadsShareAReader() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try (TableReader reader = shards(50, 60, 70)) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        SplittableRandom random = new SplittableRandom(thread);
        calls.add(
            () -> {
              for (int i = 0; i < 200; i++) {
                long[] rows = random.longs(8, 0, 180).toArray();
                ByteBuffer target = target(rows.length);
                reader.gather("value", rows, target);
                for (int j = 0; j < rows.length; j++) {
                  assertEquals((float) rows[j] * WIDTH, target.getFloat(j * WIDTH * Float.BYTES));
                  assertEquals("row " + rows[j], reader.text("name", rows[j]));
                }
              }
              return true;
            });
      }
      for (Future<Boolean> result : pool.invokeAll(calls)) {
        assertTrue(result.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void tableOfNoRowsHasASchemaAndEmptyColumns() throws Exception {
    try (TableReader reader = shards(0)) {
      assertEquals(SCHEMA, reader.schema());
      assertEquals(0, reader.rows());
      assertEquals(0, reader.longs("id").length);
      reader.read("id", 0, 0, ByteBuffer.allocate(0));
      assertThrows(IndexOutOfBoundsException.class, () -> reader.text("name", 0));
    }
  }

  @Test
  void rowsThatAreNotThereAreRefused() throws Exception {
    try (TableReader reader = shards(7, 9)) {
      ByteBuffer target = ByteBuffer.allocate(1000);
      for (long row : new long[] {-1, 16, Long.MAX_VALUE}) {
        assertThrows(
            IndexOutOfBoundsException.class, () -> reader.gather("id", new long[] {row}, target));
      }
      IndexOutOfBoundsException refused =
          assertThrows(IndexOutOfBoundsException.class, () -> reader.read("id", 15, 2, target));
      assertEquals("Cannot read rows 15 to 17 of numbered: it has 16", refused.getMessage());
      assertEquals(0, target.position());
    }
  }

  @Test
  void wrongUseOfAColumnIsRefused() throws Exception {
    TableReader reader = shards(3);
    ByteBuffer target = ByteBuffer.allocate(8);
    assertRefused("'nome': table numbered has [id, value, name]", () -> reader.text("nome", 0));
    assertRefused("id of numbered as UTF8: it is INT64", () -> reader.text("id", 0));
    assertRefused("value of numbered as INT64: it is FLOAT32", () -> reader.longs("value"));
    assertRefused("room for 8 bytes, expected 24", () -> reader.read("id", 0, 3, target));
    FloatBuffer numbers = FloatBuffer.allocate(9);
    assertRefused("room for 36 bytes, expected 40", () -> reader.read("value", 0, 2, numbers));
    assertRefused("id of numbered as FLOAT32", () -> reader.read("id", 0, 1, numbers));
    assertRefused("name of numbered by width", () -> reader.read("name", 0, 1, target));
    reader.close();
    assertThrows(IllegalStateException.class, () -> reader.longs("id"));
    assertThrows(IllegalStateException.class, () -> reader.text("name", 0));
  }

  private static void assertRefused(String part, org.junit.jupiter.api.function.Executable use) {
    String message = assertThrows(IllegalArgumentException.class, use).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void interruptedThreadStillReadsAndWrites() throws Exception {
    Thread.currentThread().interrupt();
    try (TableReader reader = shards(7, 9)) {
      assertEquals("row 15", reader.text("name", 15));
    }
    assertTrue(Thread.interrupted(), "the interrupt must not be lost");
  }

  private static ByteBuffer target(int rows) {
    return ByteBuffer.allocate(rows * WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private TableReader shards(int... rows) throws IOException {
    List<FileEntry> files = new ArrayList<>();
    int start = 0;
    for (int shard = 0; shard < rows.length; shard++) {
      String name = "rows/%05d.arrow".formatted(shard);
      try (TableWriter writer = TableWriter.create(store, name, SCHEMA, ROWS_PER_BATCH)) {
        append(writer, start, rows[shard]);
        files.add(writer.commit());
      }
      start += rows[shard];
    }
    return TableReader.open(store, files);
  }

  private static void append(TableWriter writer, int start, int rows) throws IOException {
    long[] ids = new long[rows];
    float[] values = new float[rows * WIDTH];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      ids[i] = (long) start + i;
      names.add("row " + ids[i]);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = start * WIDTH + i;
    }
    writer.append(rows, ids, values, names);
  }
}
