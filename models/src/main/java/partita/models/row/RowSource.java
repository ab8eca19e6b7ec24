package partita.models.row;

import java.nio.FloatBuffer;

/**
 * Vectors {@code [rows, width]} of float32 that are read block by block, wherever they are kept
 * (memory, a mapped artifact). Safe for use by several threads.
 */
public interface RowSource {

  /** Number of vectors. */
  long rows();

  /** Dimension of each. */
  int width();

  /**
   * Copies {@code count} consecutive rows, starting at {@code row}, into {@code target} at its
   * position, which advances by {@code count * width()}.
   */
  void read(long row, int count, FloatBuffer target);
}
