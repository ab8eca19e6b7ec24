package partita.models.metric;

import partita.models.row.Operand;

/**
 * How far the computed distances of one side's rows to those of the other can be from exact ones.
 * With {@code x'} and {@code y'}, the rows that the product sees, and {@code l}, the lengths of
 * what they have lost, {@code |x - y|} and {@code |x' - y'|} differ by {@code l(x) + l(y)} at most.
 * The squared {@code |x' - y'|} is computed as {@code |x'|^2 + |y'|^2 - 2 x'.y'}, where
 *
 * <ul>
 *   <li>sums of D products in float32 are off by {@code D 2^-23 |x'| |y'|} (Higham, "Accuracy and
 *       Stability of Numerical Algorithms", section 3.1, doubled for fused and reordered
 *       additions), which counts twice; with two additions and rounded norms all of it is less than
 *       {@code (D + 16) 2^-24 (|x'| + |y'|)^2};
 *   <li>a product that is stored in fewer bits is off by a part of itself, and twice the product is
 *       {@code |x'|^2 + |y'|^2} less the distance.
 * </ul>
 *
 * <p>The exact distance itself is a float64 sum, within {@code D 2^-52} of itself.
 */
final class DistanceBounds {
  /** For the arithmetic of the bounds, and a stored product in the place of an exact one. */
  private static final double SLACK = 1.01;

  /** For what underflows in float32. */
  private static final double UNDERFLOW = 1e-28;

  /** Beyond this, squares may overflow float32. */
  private static final double LARGEST_NORM = 1e18;

  private final Operand rows;
  private final double stored;
  private final double width;
  private final double otherLoss;
  private final double otherShortest;
  private final double otherLongest;

  /** Bounds for each row of {@code rows} with any of {@code others}. */
  DistanceBounds(Operand rows, Operand others) {
    this.rows = rows;
    this.stored = SLACK * rows.precision().unitRoundoff();
    this.width = rows.array().getShape().get(1) + 16.0;
    double loss = 0;
    double longest = 0;
    double shortest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < others.norms().length; j++) {
      loss = Math.max(loss, others.losses()[j]);
      longest = Math.max(longest, others.norms()[j]);
      shortest = Math.min(shortest, others.norms()[j]);
    }
    this.otherLoss = loss;
    this.otherLongest = longest;
    this.otherShortest = shortest;
  }

  /**
   * For each row, what a computed distance reaches only if the exact one is greater than a limit.
   *
   * @param limits squared; negative infinity for a row that nothing is near enough to
   * @return NaN for a row of which nothing can be said
   */
  float[] beyond(double[] limits) {
    float[] beyond = new float[limits.length];
    for (int i = 0; i < limits.length; i++) {
      double farthest = Math.sqrt(limits[i] * (1 + decided())) + loss(i);
      double squared = farthest * farthest;
      beyond[i] =
          limits[i] == Double.NEGATIVE_INFINITY
              ? Float.NEGATIVE_INFINITY
              : Math.nextUp((float) (squared + summed(i) + stored(i, squared)));
    }
    return beyond;
  }

  /**
   * For each row, what a computed distance is below only if the exact one is less than a limit.
   *
   * @param limits squared; negative infinity for a row that nothing is near enough to
   * @return NaN for a row of which nothing can be said
   */
  float[] within(double[] limits) {
    float[] within = new float[limits.length];
    for (int i = 0; i < limits.length; i++) {
      double nearest = Math.sqrt(Math.max(0, limits[i]) * (1 - decided())) - loss(i);
      double squared = nearest * nearest;
      within[i] =
          nearest <= 0
              ? Float.NEGATIVE_INFINITY
              : Math.nextDown((float) (squared - summed(i) - stored(i, squared)));
    }
    return within;
  }

  /** The most that an exact squared distance of a row can be, given the computed one. */
  double most(int row, float computed) {
    double squared = Math.max(0, computed + summed(row) + stored(row, computed));
    double farthest = Math.sqrt(squared) + loss(row);
    return farthest * farthest * (1 + decided());
  }

  private double decided() {
    return width * 0x1p-52;
  }

  private double loss(int row) {
    return SLACK * (rows.losses()[row] + otherLoss);
  }

  private double summed(int row) {
    double reach = rows.norms()[row] + otherLongest;
    return reach < LARGEST_NORM ? SLACK * width * 0x1p-24 * reach * reach + UNDERFLOW : Double.NaN;
  }

  private double stored(int row, double squaredDistance) {
    double norm = (double) rows.norms()[row] * rows.norms()[row];
    double least = Math.abs(norm + otherShortest * otherShortest - squaredDistance);
    double greatest = Math.abs(norm + otherLongest * otherLongest - squaredDistance);
    return stored == 0 ? 0 : stored * Math.max(least, greatest);
  }
}
