package partita.models.train;

import partita.models.random.CounterRandom;

/**
 * Random choices for the rows of a micro-batch, each a function of (seed, stream, step, row of the
 * update).
 */
public final class BatchRandom {
  private final int batch;
  private final int accumulations;
  private final long seed;

  /**
   * @param batch rows of a micro-batch
   * @param accumulations micro-batches of an update
   */
  public BatchRandom(int batch, int accumulations, long seed) {
    this.batch = batch;
    this.accumulations = accumulations;
    this.seed = seed;
  }

  /** The order in which epochs visit {@code rows} rows. */
  public EpochOrder order(long rows) {
    return new EpochOrder(Math.toIntExact(rows), new CounterRandom(seed, "epoch"));
  }

  /** The next rows of an order. */
  public long[] next(EpochOrder order, Position position) {
    long[] rows = new long[batch];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = order.row(position.index() * batch + i);
    }
    return rows;
  }

  /** Uniform integers in [0, bound). */
  public int[] below(long bound, String stream, Position position) {
    CounterRandom random = new CounterRandom(seed, stream);
    int[] values = new int[batch];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.below(Math.toIntExact(bound), position.step(), key(position, i), 0);
    }
    return values;
  }

  /** True for half of the rows, if {@code wanted}, else for none. */
  public boolean[] coins(boolean wanted, String stream, Position position) {
    boolean[] coins = new boolean[batch];
    CounterRandom random = new CounterRandom(seed, stream);
    for (int i = 0; i < coins.length; i++) {
      coins[i] = wanted && random.bits(position.step(), key(position, i), 0) < 0;
    }
    return coins;
  }

  /** Standard normals, row-major {@code [batch, width]}. */
  public float[] normals(int width, String stream, Position position) {
    CounterRandom random = new CounterRandom(seed, stream);
    float[] values = new float[batch * width];
    for (int i = 0; i < batch; i++) {
      random.normals(position.step(), key(position, i), values, i * width, width);
    }
    return values;
  }

  /** Row within all micro-batches of the step. */
  private long key(Position position, int row) {
    return ((long) position.repeat() * accumulations + position.accumulation()) * batch + row;
  }
}
