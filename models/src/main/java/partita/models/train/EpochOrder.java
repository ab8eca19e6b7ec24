package partita.models.train;

import partita.models.random.CounterRandom;

/**
 * The order in which rows are visited: each epoch a permutation of its own, epochs follow each
 * other without a gap, and the row at a position depends on the position alone.
 */
public final class EpochOrder {
  private final CounterRandom random;
  private final int rows;
  private long epoch = -1;
  private int[] permutation = {};

  public EpochOrder(int rows, CounterRandom random) {
    if (rows < 1) {
      throw new IllegalArgumentException("Cannot order " + rows + " rows: expected at least 1");
    }
    this.rows = rows;
    this.random = random;
  }

  /** Row visited at a position, counted from 0 over all epochs. */
  public int row(long position) {
    long wanted = position / rows;
    if (wanted != epoch) {
      permutation = random.permutation(rows, wanted);
      epoch = wanted;
    }
    return permutation[(int) (position % rows)];
  }
}
