package partita.models.train;

import partita.models.random.CounterRandom;

/**
 * Random choices for the rows of a micro-batch, each a function of (seed, stream, step, row of the
 * update).
 */
final class BatchRandom {
  private final IcGanTraining training;
  private final long seed;

  BatchRandom(IcGanTraining training, long seed) {
    this.training = training;
    this.seed = seed;
  }

  /** The order in which epochs visit {@code rows} rows. */
  EpochOrder order(long rows) {
    return new EpochOrder(Math.toIntExact(rows), new CounterRandom(seed, "epoch"));
  }

  /** The next rows of an order. */
  long[] next(EpochOrder order, Position position) {
    long[] rows = new long[training.batch()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = order.row(position.index() * training.batch() + i);
    }
    return rows;
  }

  /** Uniform integers in [0, bound). */
  int[] below(long bound, String stream, Position position) {
    CounterRandom random = new CounterRandom(seed, stream);
    int[] values = new int[training.batch()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.below(Math.toIntExact(bound), position.step(), key(position, i), 0);
    }
    return values;
  }

  /** True for half of the rows, if {@code wanted}, else for none. */
  boolean[] coins(boolean wanted, String stream, Position position) {
    boolean[] coins = new boolean[training.batch()];
    CounterRandom random = new CounterRandom(seed, stream);
    for (int i = 0; i < coins.length; i++) {
      coins[i] = wanted && random.bits(position.step(), key(position, i), 0) < 0;
    }
    return coins;
  }

  /** Standard normals, row-major {@code [batch, width]}. */
  float[] normals(int width, String stream, Position position) {
    CounterRandom random = new CounterRandom(seed, stream);
    float[] values = new float[training.batch() * width];
    for (int i = 0; i < training.batch(); i++) {
      random.normals(position.step(), key(position, i), values, i * width, width);
    }
    return values;
  }

  /** Row within all micro-batches of the step. */
  private long key(Position position, int row) {
    return ((long) position.repeat() * training.accumulations() + position.accumulation())
            * training.batch()
        + row;
  }
}
