package partita.transforms.score;

import java.nio.FloatBuffer;
import partita.models.row.RowSource;
import partita.transforms.dataset.DatasetException;

/** Refuses features that hold NaN or infinity, naming the row. */
public final class FiniteRows {
  private static final int ROWS = 1024;

  private FiniteRows() {}

  /**
   * Reads all rows.
   *
   * @param what they are, for the message: a file or an artifact
   * @throws DatasetException when a value is not finite
   */
  public static void require(RowSource rows, String what) {
    int width = rows.width();
    FloatBuffer block = FloatBuffer.allocate(ROWS * width);
    for (long first = 0; first < rows.rows(); first += ROWS) {
      int count = (int) Math.min(ROWS, rows.rows() - first);
      rows.read(first, count, block.clear());
      float[] values = block.array();
      for (int i = 0; i < count * width; i++) {
        if (!Float.isFinite(values[i])) {
          throw new DatasetException(
              "Cannot score features %s: row %d has %s at dimension %d, expected finite numbers; repair or remove the row"
                  .formatted(what, first + i / width, values[i], i % width));
        }
      }
    }
  }
}
