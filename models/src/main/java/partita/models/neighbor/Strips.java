package partita.models.neighbor;

/**
 * Cuts a block of rows into strips of one size.
 *
 * @param count number of strips
 * @param rows rows of each; the last may be partly empty
 */
record Strips(int count, int rows) {
  /**
   * The product of two strips of 1,024 rows takes 4 MiB, so it is still in the cache when it is
   * searched, and is large enough for the matrix product to reach the speed of the core.
   */
  private static final int MOST_ROWS = 1024;

  /** Rows of a strip are a multiple of this, as vector instructions like it. */
  private static final int UNIT = 64;

  static Strips of(int blockRows) {
    int count = ceil(blockRows, MOST_ROWS);
    return new Strips(count, ceil(ceil(blockRows, count), UNIT) * UNIT);
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Rows of as many strips as hold so many rows. */
  int covering(int tileRows) {
    return ceil(tileRows, rows) * rows;
  }
}
