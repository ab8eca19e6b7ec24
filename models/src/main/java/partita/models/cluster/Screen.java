package partita.models.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import partita.models.op.TorchScript;
import partita.models.row.Operand;
import partita.models.row.Precision;

/**
 * Scores {@code x.c - |c|^2 / 2} of rows {@code x} and centroids {@code c} by one fast product, and
 * how far rounding can have moved them. The nearest centroid has the highest exact score, so it is
 * among those whose computed score comes within a window of the highest computed one.
 *
 * <p>With {@code x = x' + dx}, {@code c = c' + dc} (rounded and lost), {@code |x.c - x'.c'| <= |dx|
 * |c| + |x'| |dc|} by Cauchy and Schwarz; sums of D products in float32 add {@code D 2^-23 |x'|
 * |c'|} (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1, doubled for fused
 * and reordered additions), and storing a product its relative rounding. The window also has room
 * for the rounding of the float64 distances that decide in the end, {@code D 2^-52 (|x| + |c|)^2}:
 * so the centroid that they call nearest is a candidate whatever screens.
 */
final class Screen {
  /** Centroids that share a maximum, so that a block without a candidate costs one compare. */
  static final int BLOCK = 64;

  /** For the float32 arithmetic in which the bounds themselves are computed. */
  private static final double SLACK = 1.01;

  /** What float32 loses below its range. */
  private static final double UNDERFLOW = 1e-30;

  /** Beyond this, squares may overflow float32. */
  private static final double LARGEST = 1e18;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def scores(self: __torch__.Ops, rows: Tensor, centroids: Tensor, halves: Tensor) -> List[Tensor]:
              products = torch.to(torch.mm(rows, torch.t(centroids)), 6)
              scores = torch.sub_(products, halves)
              return [scores, torch.amax(torch.view(scores, [-1, 64]), [1])]
          """);

  private final Operand centroids;
  private final double[] halves;
  private final NDArray roundedHalves;
  private final double largestNorm;
  private final double largestLoss;
  private final double largestHalf;

  /**
   * @param centroids {@code [capacity, D]}, a multiple of {@link #BLOCK} rows
   * @param halves half the squared norm of each shifted centroid, infinite for one that is left
   *     out, {@code [capacity]}
   */
  Screen(NDManager manager, Operand centroids, double[] halves) {
    this.centroids = centroids;
    this.halves = halves;
    float[] rounded = new float[halves.length];
    double norm = 0;
    double loss = 0;
    double half = 0;
    for (int c = 0; c < halves.length; c++) {
      rounded[c] = (float) halves[c];
      if (halves[c] < Double.POSITIVE_INFINITY) {
        norm = Math.max(norm, (double) centroids.norms()[c] + centroids.losses()[c]);
        loss = Math.max(loss, centroids.losses()[c]);
        half = Math.max(half, halves[c]);
      }
    }
    this.roundedHalves = manager.create(rounded);
    this.largestNorm = norm;
    this.largestLoss = loss;
    this.largestHalf = half;
  }

  Precision precision() {
    return centroids.precision();
  }

  /** Scores of a block of rows in the same format; they live in {@code scope}. */
  Scores scores(NDManager scope, Operand rows) {
    List<NDArray> computed =
        OPS.runForList(scope, "scores", rows.array(), centroids.array(), roundedHalves);
    return new Scores(rows, floats(computed.get(0)), floats(computed.get(1)));
  }

  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /**
   * How far below the highest computed score the nearest centroid's can be; NaN if anywhere. The
   * highest score's own error and the nearest one's make the factor 2; that the nearest product is
   * bounded by the highest score but for such errors makes the denominator.
   */
  private double window(double norm, double loss, double best) {
    if (!(norm + loss + largestNorm < LARGEST && Math.abs(best) < LARGEST * LARGEST)) {
      return Double.NaN;
    }
    double lost = loss * largestNorm + norm * largestLoss;
    double width = centroids.array().getShape().get(1) + 4.0;
    double summed = width * 0x1p-23 * (norm * largestNorm + largestHalf);
    double stored = precision().unitRoundoff();
    double storing = stored * (Math.abs(best) + largestHalf);
    double farthest = norm + loss + largestNorm;
    double decided = width * 0x1p-52 * farthest * farthest;
    return SLACK * (2 * (lost + summed + storing) / (1 - stored) + decided) + UNDERFLOW;
  }

  /** The scores of one block of rows. */
  final class Scores {
    private final Operand rows;
    private final FloatBuffer scores;
    private final FloatBuffer maxima;
    private final int blocks = halves.length / BLOCK;
    private final float[] best = new float[blocks];
    private final float[] block = new float[BLOCK];

    private Scores(Operand rows, FloatBuffer scores, FloatBuffer maxima) {
      this.rows = rows;
      this.scores = scores;
      this.maxima = maxima;
    }

    /**
     * The centroids that may be nearest to one row, in order.
     *
     * @return how many were written to {@code candidates}
     */
    int candidates(int row, int[] candidates) {
      maxima.get(row * blocks, best);
      float highest = Float.NEGATIVE_INFINITY;
      for (float maximum : best) {
        highest = Math.max(highest, maximum); // NaN stays
      }
      double least = highest - window(rows.norms()[row], rows.losses()[row], highest);
      int found = 0;
      for (int b = 0; b < blocks; b++) {
        // Negated compares, so that NaN is looked at and not passed over.
        if (!(best[b] < least)) {
          scores.get((row * blocks + b) * BLOCK, block);
          for (int j = 0; j < BLOCK; j++) {
            int centroid = b * BLOCK + j;
            if (!(block[j] < least) && halves[centroid] < Double.POSITIVE_INFINITY) {
              candidates[found++] = centroid;
            }
          }
        }
      }
      return found;
    }
  }
}
