package partita.models.metric;

import java.util.Arrays;
import partita.models.row.RowSource;

/**
 * Squared distance of each row to its k-th nearest neighbor in its own set, itself excluded; equal
 * to the (k + 1)-th smallest with itself included.
 */
final class NeighborRadii {

  private NeighborRadii() {}

  /**
   * Radii of {@code [N, D]} rows.
   *
   * @throws IllegalArgumentException when there are not more than {@code k} rows
   */
  static double[] squared(RowSource rows, int k) {
    if (k < 1 || rows.rows() <= k) {
      throw new IllegalArgumentException(
          "Cannot find the distance to neighbor %d: %d rows, expected more than k; lower k or add rows"
              .formatted(k, rows.rows()));
    }
    int count = Math.toIntExact(rows.rows());
    double[] smallest = new double[count * k];
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    PairwiseDistances.forEach(
        rows,
        rows,
        (row, first, squared, found) -> {
          for (int j = 0; j < found; j++) {
            if (first + j != row && squared[j] < smallest[row * k + k - 1]) {
              insert(smallest, row * k, k, squared[j]);
            }
          }
        });
    double[] radii = new double[count];
    for (int i = 0; i < count; i++) {
      radii[i] = smallest[i * k + k - 1];
    }
    return radii;
  }

  /** Inserts into {@code values[offset .. offset + k)}, ascending; the largest falls out. */
  private static void insert(double[] values, int offset, int k, double value) {
    int slot = offset + k - 1;
    while (slot > offset && values[slot - 1] > value) {
      values[slot] = values[slot - 1];
      slot--;
    }
    values[slot] = value;
  }
}
