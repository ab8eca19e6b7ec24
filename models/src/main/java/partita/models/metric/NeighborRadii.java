package partita.models.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import partita.models.op.Workers;
import partita.models.row.RowSource;

/**
 * Squared distances of rows to their k-th nearest neighbor in their own set, themselves excluded by
 * index, in float64. A pair is computed exactly only when a fast product cannot tell that it is
 * farther than the k nearest so far; what is returned does not depend on the order, the threads or
 * the blocks.
 */
final class NeighborRadii {
  private final ScreenedRows rows;
  private final int k;

  /** The k smallest exact distances of each row, ascending. */
  private final double[] smallest;

  private final NarrowTrials trials = new NarrowTrials();

  /** Who changes the distances of a block's rows holds its lock. */
  private final Object[] locks;

  private NeighborRadii(ScreenedRows rows, int k) {
    this.rows = rows;
    this.k = k;
    this.smallest = new double[Math.multiplyExact(rows.rows(), k)];
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    this.locks = new Object[rows.blocks()];
    Arrays.setAll(locks, i -> new Object());
  }

  /** The radii of all rows; each pair of blocks is multiplied once. */
  static double[] ofAll(RowSource source, int k) {
    try (ScreenedRows rows = new ScreenedRows(source)) {
      NeighborRadii radii = new NeighborRadii(rows, k);
      int blocks = rows.blocks();
      Workers.forEach(blocks, radii::inner);
      Workers.forEach(
          blocks * (blocks - 1) / 2,
          pair -> {
            int upper = (int) ((1 + Math.sqrt(1 + 8.0 * pair)) / 2);
            radii.offer(pair - upper * (upper - 1) / 2, upper, true);
          });
      return radii.largest(0, rows.rows());
    }
  }

  /**
   * The radii of some rows.
   *
   * @param first first row
   * @param count how many
   * @return {@code [count]}, to the bit those of {@link #ofAll}
   */
  static double[] of(RowSource source, int k, int first, int count) {
    try (ScreenedRows rows = new ScreenedRows(source)) {
      NeighborRadii radii = new NeighborRadii(rows, k);
      int from = 0;
      while (rows.first(from + 1) <= first) {
        from++;
      }
      int to = from;
      while (to < rows.blocks() && rows.first(to) < first + count) {
        to++;
      }
      int start = from;
      int others = rows.blocks() - 1;
      Workers.forEach(to - from, i -> radii.inner(start + i));
      Workers.forEach(
          (to - from) * others,
          pair -> {
            int block = start + pair / others;
            int other = pair % others;
            radii.offer(block, other < block ? other : other + 1, false);
          });
      return radii.largest(first, count);
    }
  }

  private double[] largest(int first, int count) {
    double[] radii = new double[count];
    for (int i = 0; i < count; i++) {
      radii[i] = smallest[(first + i) * k + k - 1];
    }
    return radii;
  }

  /** Pairs within a block. Its k smallest computed distances tell which may be the nearest. */
  private void inner(int block) {
    try (ScreenedRows.Block open = rows.open(block);
        DistanceScreen screen = new DistanceScreen(open, open, trials)) {
      int count = rows.count(block);
      double[] limits = new double[count];
      Arrays.fill(limits, Double.POSITIVE_INFINITY);
      if (count > k) {
        DistanceBounds bounds = screen.leftBounds();
        float[] kth = screen.smallest(k);
        for (int i = 0; i < count; i++) {
          limits[i] = bounds.most(i, kth[i]);
        }
      }
      exact(screen, below(screen, limits, none(count)), block, block, false);
    }
  }

  /** Pairs of two blocks, offered to the rows of the left one and, if asked to, of the right. */
  private void offer(int left, int right, boolean both) {
    try (ScreenedRows.Block x = rows.open(left);
        ScreenedRows.Block y = rows.open(right);
        DistanceScreen screen = new DistanceScreen(x, y, trials)) {
      double[] others = both ? radii(right) : none(rows.count(right));
      exact(screen, below(screen, radii(left), others), left, right, both);
    }
  }

  private static DistanceScreen.Pairs below(
      DistanceScreen screen, double[] rows, double[] columns) {
    DistanceScreen.Pairs pairs = screen.below(rows, columns);
    return screen.refine(pairs.count()) ? screen.below(rows, columns) : pairs;
  }

  private static double[] none(int count) {
    double[] limits = new double[count];
    Arrays.fill(limits, Double.NEGATIVE_INFINITY);
    return limits;
  }

  /** The squared radii that the rows of a block have so far; nothing is nearer than 0. */
  private double[] radii(int block) {
    double[] radii = new double[rows.count(block)];
    synchronized (locks[block]) {
      for (int i = 0; i < radii.length; i++) {
        double radius = smallest[(rows.first(block) + i) * k + k - 1];
        radii[i] = radius == 0 ? Double.NEGATIVE_INFINITY : radius;
      }
    }
    return radii;
  }

  private void exact(
      DistanceScreen screen, DistanceScreen.Pairs pairs, int left, int right, boolean both) {
    double[] distances = new double[pairs.count()];
    for (int p = 0; p < distances.length; p++) {
      distances[p] = screen.exact(pairs.rows()[p], pairs.columns()[p]);
    }
    insert(left, pairs.rows(), distances, left == right ? pairs.columns() : null);
    if (both) {
      insert(right, pairs.columns(), distances, null);
    }
  }

  private void insert(int block, int[] positions, double[] distances, int @Nullable [] partners) {
    synchronized (locks[block]) {
      for (int p = 0; p < distances.length; p++) {
        if (partners == null || partners[p] != positions[p]) {
          insert((rows.first(block) + positions[p]) * k, distances[p]);
        }
      }
    }
  }

  /** Inserts into the k values from {@code start}, ascending; the largest falls out. */
  private void insert(int start, double distance) {
    int slot = start + k - 1;
    if (distance < smallest[slot]) {
      while (slot > start && smallest[slot - 1] > distance) {
        smallest[slot] = smallest[slot - 1];
        slot--;
      }
      smallest[slot] = distance;
    }
  }
}
