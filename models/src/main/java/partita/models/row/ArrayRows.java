package partita.models.row;

import java.nio.FloatBuffer;

/** Vectors {@code [rows, width]} held in one array, rows after each other. */
public final class ArrayRows implements RowSource {
  private final float[] values;
  private final int width;

  /**
   * Wraps the array; it must not change afterwards.
   *
   * @throws IllegalArgumentException when the array is not a whole number of rows
   */
  public ArrayRows(float[] values, int width) {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          "Cannot read rows: found "
              + values.length
              + " values, expected a multiple of the width "
              + width);
    }
    this.values = values;
    this.width = width;
  }

  @Override
  public long rows() {
    return values.length / width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void read(long row, int count, FloatBuffer target) {
    target.put(values, Math.toIntExact(row * width), count * width);
  }
}
