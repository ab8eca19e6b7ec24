package partita.models.cluster;

import partita.models.neighbor.ExactNeighbors;
import partita.models.neighbor.NeighborLists;
import partita.models.neighbor.Similarity;
import partita.models.row.RowSource;

/**
 * The nearest centroid of each row of a range.
 *
 * @param clusters index of the nearest centroid; of equals the smaller
 * @param squaredDistances squared L2 distance to it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Assignment(int[] clusters, float[] squaredDistances) {
  private static final int TILE_ROWS = 2048;

  /**
   * Assigns rows {@code [first, first + count)}. Ranges may be assigned in any order.
   *
   * @param rows {@code [N, D]}
   * @param centroids {@code [K, D]}
   * @throws IllegalArgumentException when the widths differ or a value is not finite
   */
  public static Assignment of(RowSource rows, RowSource centroids, long first, int count) {
    NeighborLists nearest =
        ExactNeighbors.between(rows, centroids, Similarity.EUCLIDEAN, 1, TILE_ROWS, TILE_ROWS)
            .search(first, count);
    float[] squaredDistances = nearest.similarities();
    for (int i = 0; i < squaredDistances.length; i++) {
      squaredDistances[i] = -squaredDistances[i];
    }
    return new Assignment(nearest.ids(), squaredDistances);
  }

  /** Sum of the squared distances, added in row order in float64. */
  public double objective() {
    double sum = 0;
    for (float distance : squaredDistances) {
      sum += distance;
    }
    return sum;
  }
}
