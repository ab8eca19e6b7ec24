package partita.models.row;

import java.nio.FloatBuffer;

/** Some rows of another source, in the given order; a row may be named more than once. */
public final class SelectedRows implements RowSource {
  private final RowSource source;
  private final int[] selected;

  public SelectedRows(RowSource source, int[] selected) {
    this.source = source;
    this.selected = selected.clone();
    for (int row : selected) {
      if (row < 0 || row >= source.rows()) {
        throw new IllegalArgumentException(
            "Cannot select row " + row + ": the source has " + source.rows() + " rows");
      }
    }
  }

  @Override
  public long rows() {
    return selected.length;
  }

  @Override
  public int width() {
    return source.width();
  }

  /** Runs of consecutive rows are read at once. */
  @Override
  public void read(long row, int count, FloatBuffer target) {
    int end = Math.toIntExact(row + count);
    int start = Math.toIntExact(row);
    while (start < end) {
      int run = 1;
      while (start + run < end && selected[start + run] == selected[start] + run) {
        run++;
      }
      source.read(selected[start], run, target);
      start += run;
    }
  }
}
