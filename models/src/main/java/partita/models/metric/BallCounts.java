package partita.models.metric;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import partita.models.op.Workers;

/**
 * How many balls of one set hold the samples of another. Whether a sample is inside a ball is
 * decided as if all distances were computed in float64; only the pairs are that float32 cannot
 * tell. Whole numbers, so neither order nor threads matter.
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
        ScreenedRows right = new ScreenedRows(generated.features())) {
      BallCounts counts =
          new BallCounts(new long[right.rows()], new long[left.rows()], new long[left.rows()]);
      Workers.forEach(
          left.blocks() * right.blocks(),
          pair -> {
            int i = pair / right.blocks();
            int j = pair % right.blocks();
            try (ScreenedRows.Block x = left.open(i);
                ScreenedRows.Block y = right.open(j);
                DistanceScreen screen = new DistanceScreen(x.tile(), y.tile())) {
              Limits rows =
                  Limits.of(real.squaredRadii(), left.first(i), screen.leftErrors(), closed);
              Limits columns =
                  Limits.of(generated.squaredRadii(), right.first(j), screen.rightErrors(), closed);
              counts.add(screen, rows, columns);
            }
          });
      return counts;
    }
  }

  private void add(DistanceScreen screen, Limits rows, Limits columns) {
    List<long[]> sure = screen.inside(rows.sure, columns.sure);
    DistanceScreen.Pairs open = screen.between(rows.sure, rows.limit, columns.sure, columns.limit);
    FloatBuffer computed = screen.computed();
    for (int p = 0; p < open.count(); p++) {
      int i = open.rows()[p];
      int j = open.columns()[p];
      float distance = computed.get(i * columns.sure.length + j);
      double exact = screen.exact(i, j);
      if (rows.isOpen(i, distance) && rows.holds(i, exact)) {
        sure.get(0)[j]++;
        sure.get(1)[i]++;
      }
      if (columns.isOpen(j, distance) && columns.holds(j, exact)) {
        sure.get(2)[i]++;
      }
    }
    synchronized (this) {
      add(sure.get(0), realAroundGenerated, columns.first);
      add(sure.get(1), generatedInReal, rows.first);
      add(sure.get(2), generatedAroundReal, rows.first);
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
   * Balls of a block of rows, and the computed distances that decide.
   *
   * @param radii squared radii of all balls
   * @param first ball of the block's first row
   * @param sure a sample computed to be nearer is inside
   * @param limit a sample computed to be as far or farther is outside
   * @param closed whether a ball has its surface
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Limits(double[] radii, int first, float[] sure, float[] limit, boolean closed) {
    static Limits of(double[] radii, int first, double[] errors, boolean closed) {
      float[] sure = new float[errors.length];
      float[] limit = new float[errors.length];
      for (int i = 0; i < errors.length; i++) {
        double radius = radii[first + i];
        sure[i] = DistanceScreen.atMost(radius - errors[i]);
        limit[i] = DistanceScreen.above(radius + errors[i]);
        if (radius == 0 && !closed) {
          sure[i] = Float.NEGATIVE_INFINITY;
          limit[i] = Float.NEGATIVE_INFINITY; // an open ball of radius 0 holds nothing
        }
      }
      return new Limits(radii, first, sure, limit, closed);
    }

    boolean isOpen(int i, float distance) {
      return !(distance < sure[i]) && !(distance >= limit[i]);
    }

    boolean holds(int i, double squaredDistance) {
      double radius = radii[first + i];
      return closed ? squaredDistance <= radius : squaredDistance < radius;
    }
  }
}
