package partita.models.metric;

import partita.models.row.RowSource;

/**
 * Estimate of where a distribution lies: a ball about each sample, as wide as the distance to the
 * sample's k-th nearest neighbor in its own set, itself excluded (Kynkaanniemi et al., NeurIPS
 * 2019, section 2). With itself included it is the (k + 1)-th smallest distance. Radii are those of
 * a float64 computation, {@code sum (x - y)^2}.
 *
 * @param features {@code [N, D]}
 * @param k neighbor that sets the radius
 * @param squaredRadii squared radius of each ball, {@code [N]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Manifold(RowSource features, int k, double[] squaredRadii) {

  /**
   * Measures the radii.
   *
   * @throws IllegalArgumentException when there are not more than {@code k} rows or a value is not
   *     finite
   */
  public static Manifold of(RowSource features, int k) {
    requireRows(features, k);
    return new Manifold(features, k, NeighborRadii.ofAll(features, k));
  }

  /**
   * Measures the radii of some of the balls; those of parts, after each other, are the radii of all
   * to the bit.
   *
   * @param first first sample
   * @param count samples, at least 1
   * @return squared radii {@code [count]}
   * @throws IllegalArgumentException as {@link #of}
   */
  public static double[] squaredRadii(RowSource features, int k, int first, int count) {
    requireRows(features, k);
    return NeighborRadii.of(features, k, first, count);
  }

  private static void requireRows(RowSource features, int k) {
    if (k < 1 || features.rows() <= k) {
      throw new IllegalArgumentException(
          "Cannot find the distance to neighbor %d: %d rows, expected more than k; lower k or add rows"
              .formatted(k, features.rows()));
    }
  }
}
