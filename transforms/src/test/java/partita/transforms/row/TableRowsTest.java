package partita.transforms.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.row.RowSource;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;

class TableRowsTest {

  /** Across the table's batches of 100 rows. */
  @Test
  void rowsOfAnyRangeComeBackWhole(@TempDir Path root) throws Exception {
    int width = 1000;
    float[] values = new float[320 * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    TaskRun tasks = new TaskRun(root);
    long[] ids = LongStream.range(0, 320).toArray();
    Manifest artifact = tasks.table("train", FeatureTable.schema(width), 320, ids, values.clone());
    try (TableReader table = tasks.open(artifact, "train")) {
      RowSource rows = new TableRows(table, FeatureTable.FEATURE);
      assertEquals(320, rows.rows());
      assertEquals(width, rows.width());
      float[] read = new float[315 * width + 1];
      FloatBuffer target = FloatBuffer.wrap(read, 1, 315 * width);
      rows.read(5, 315, target);
      assertEquals(0, target.remaining());
      assertArrayEquals(
          Arrays.copyOfRange(values, 5 * width, 320 * width),
          Arrays.copyOfRange(read, 1, read.length));
      Exception error =
          assertThrows(IllegalArgumentException.class, () -> new TableRows(table, FeatureTable.ID));
      assertEquals(
          "Cannot read column id of features as vectors: it is INT64, expected FLOAT32",
          error.getMessage());
    }
  }
}
