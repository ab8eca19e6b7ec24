package partita.models.metric;

import java.util.Arrays;
import partita.models.op.Workers;

/**
 * How many balls of one set hold the samples of another. Whether a sample is inside a ball is
 * decided as if all distances were computed in float64; only the pairs are that a fast product
 * cannot tell. Whole numbers, so neither order nor threads matter.
 *
 * @param realAroundGenerated real balls that hold each generated sample, {@code [N]}
 * @param generatedInReal generated samples that each real ball holds, {@code [M]}
 * @param generatedAroundReal generated balls that hold each real sample, {@code [M]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BallCounts(long[] realAroundGenerated, long[] generatedInReal, long[] generatedAroundReal) {

  /** Counts for balls without ({@code <}) or with ({@code <=}) their surface. */
  static BallCounts of(Manifold real, Manifold generated, boolean closed) {
    SameWidth.require(real.features(), generated.features());
    try (ScreenedRows left = new ScreenedRows(real.features());
        ScreenedRows right = new ScreenedRows(generated.features(), left)) {
      BallCounts counts =
          new BallCounts(new long[right.rows()], new long[left.rows()], new long[left.rows()]);
      NarrowTrials trials = new NarrowTrials();
      Workers.forEach(
          left.blocks() * right.blocks(),
          pair -> {
            int i = pair / right.blocks();
            int j = pair % right.blocks();
            try (ScreenedRows.Block x = left.open(i);
                ScreenedRows.Block y = right.open(j);
                DistanceScreen screen = new DistanceScreen(x, y, trials)) {
              Balls rows = Balls.of(real, left.first(i), left.count(i), closed);
              Balls columns = Balls.of(generated, right.first(j), right.count(j), closed);
              counts.add(screen, rows, columns);
            }
          });
      return counts;
    }
  }

  private void add(DistanceScreen screen, Balls rows, Balls columns) {
    DistanceScreen.Pairs pairs = screen.below(rows.limits(), columns.limits());
    Decision byRow = rows.decision(screen.leftBounds());
    Decision byColumn = columns.decision(screen.rightBounds());
    boolean[] open = new boolean[pairs.count()];
    int opened = 0;
    for (int p = 0; p < open.length; p++) {
      float computed = pairs.computed()[p];
      open[p] =
          byRow.isOpen(pairs.rows()[p], computed) || byColumn.isOpen(pairs.columns()[p], computed);
      opened += open[p] ? 1 : 0;
    }
    if (screen.refine(opened)) {
      add(screen, rows, columns);
      return;
    }
    long[] realAround = new long[columns.count()];
    long[] inReal = new long[rows.count()];
    long[] generatedAround = new long[rows.count()];
    for (int p = 0; p < open.length; p++) {
      int i = pairs.rows()[p];
      int j = pairs.columns()[p];
      float computed = pairs.computed()[p];
      double exact = open[p] ? screen.exact(i, j) : Double.NaN;
      if (byRow.holds(i, computed, exact)) {
        realAround[j]++;
        inReal[i]++;
      }
      if (byColumn.holds(j, computed, exact)) {
        generatedAround[i]++;
      }
    }
    synchronized (this) {
      add(realAround, realAroundGenerated, columns.first());
      add(inReal, generatedInReal, rows.first());
      add(generatedAround, generatedAroundReal, rows.first());
    }
  }

  private static void add(long[] counts, long[] target, int offset) {
    for (int i = 0; i < counts.length; i++) {
      target[offset + i] += counts[i];
    }
  }

  /** Share of the samples that are in some ball. */
  static double share(long[] counts) {
    return (double) Arrays.stream(counts).filter(count -> count > 0).count() / counts.length;
  }

  /**
   * Balls of a block of rows.
   *
   * @param first ball of the block's first row
   * @param limits their squared radii; negative infinity for a ball that holds nothing
   * @param closed whether a ball has its surface
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Balls(int first, double[] limits, boolean closed) {
    static Balls of(Manifold manifold, int first, int count, boolean closed) {
      double[] limits = Arrays.copyOfRange(manifold.squaredRadii(), first, first + count);
      if (!closed) {
        Arrays.setAll(limits, i -> limits[i] == 0 ? Double.NEGATIVE_INFINITY : limits[i]);
      }
      return new Balls(first, limits, closed);
    }

    int count() {
      return limits.length;
    }

    Decision decision(DistanceBounds bounds) {
      return new Decision(this, bounds.within(limits), bounds.beyond(limits));
    }
  }

  /**
   * Which samples are in balls.
   *
   * @param within a sample computed to be nearer is inside
   * @param beyond a sample computed to be as far or farther is outside
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Decision(Balls balls, float[] within, float[] beyond) {
    boolean isOpen(int i, float computed) {
      return !(computed < within[i]) && !(computed >= beyond[i]);
    }

    boolean holds(int i, float computed, double exact) {
      if (!isOpen(i, computed)) {
        return computed < within[i];
      }
      return balls.closed ? exact <= balls.limits[i] : exact < balls.limits[i];
    }
  }
}
