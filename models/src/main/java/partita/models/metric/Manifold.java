package partita.models.metric;

import java.util.Arrays;
import partita.models.row.RowSource;

/**
 * Estimate of where a distribution lies: a ball about each sample, as wide as the distance to the
 * sample's k-th nearest neighbor in its own set, itself excluded (Kynkaanniemi et al., NeurIPS
 * 2019, section 2). With itself included it is the (k + 1)-th smallest distance.
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
    if (k < 1 || features.rows() <= k) {
      throw new IllegalArgumentException(
          "Cannot find the distance to neighbor %d: %d rows, expected more than k; lower k or add rows"
              .formatted(k, features.rows()));
    }
    int count = Math.toIntExact(features.rows());
    double[] smallest = new double[count * k];
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    PairwiseDistances.forEach(
        features,
        features,
        (row, first, squared, found) -> {
          int last = row * k + k - 1;
          for (int j = 0; j < found; j++) {
            if (squared[j] < smallest[last] && first + j != row) {
              insert(smallest, row * k, last, squared[j]);
            }
          }
        });
    double[] radii = new double[count];
    for (int i = 0; i < count; i++) {
      radii[i] = smallest[i * k + k - 1];
    }
    return new Manifold(features, k, radii);
  }

  /** Inserts into {@code values[first .. last]}, ascending; the largest falls out. */
  private static void insert(double[] values, int first, int last, double value) {
    int slot = last;
    while (slot > first && values[slot - 1] > value) {
      values[slot] = values[slot - 1];
      slot--;
    }
    values[slot] = value;
  }
}
