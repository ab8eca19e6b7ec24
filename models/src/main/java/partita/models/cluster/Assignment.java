package partita.models.cluster;

import java.nio.FloatBuffer;
import partita.models.row.Precision;
import partita.models.row.RowSource;

/**
 * The nearest centroid of each row of a range.
 *
 * @param clusters index of the nearest centroid; of equals the smaller
 * @param squaredDistances squared L2 distance to it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Assignment(int[] clusters, float[] squaredDistances) {

  /**
   * Assigns rows {@code [first, first + count)}. Ranges may be assigned in any order.
   *
   * @param rows {@code [N, D]}
   * @param centroids {@code [K, D]}
   * @throws IllegalArgumentException when the widths differ or a value is not finite
   */
  public static Assignment of(RowSource rows, RowSource centroids, long first, int count) {
    if (rows.width() != centroids.width()) {
      throw new IllegalArgumentException(
          "Cannot assign rows: they have %d dimensions, the centroids %d; use one network for both"
              .formatted(rows.width(), centroids.width()));
    }
    float[] values = new float[Math.toIntExact(centroids.rows() * centroids.width())];
    centroids.read(0, (int) centroids.rows(), FloatBuffer.wrap(values));
    float[] center = center(values, centroids.width());
    Precision precision = Precision.fastest(rows.width());
    int clusters = (int) centroids.rows();
    try (RowBlocks blocks = new RowBlocks(rows, first, count, center, precision, clusters, false)) {
      return of(blocks, values, center, precision);
    }
  }

  static Assignment of(RowBlocks blocks, float[] centroids, float[] center, Precision precision) {
    int[] clusters = new int[blocks.rows()];
    float[] distances = new float[blocks.rows()];
    try (NearestCentroid nearest = new NearestCentroid(centroids, center, precision)) {
      blocks.forEach(
          (tile, operand, offset) -> nearest.assign(tile, operand, clusters, distances, offset));
    }
    return new Assignment(clusters, distances);
  }

  /** Mean of some vectors: about where the data is, so that what is subtracted of it is small. */
  static float[] center(float[] vectors, int width) {
    double[] sums = new double[width];
    for (int i = 0; i < vectors.length; i++) {
      sums[i % width] += vectors[i];
    }
    float[] center = new float[width];
    for (int j = 0; j < width; j++) {
      center[j] = (float) (sums[j] * width / vectors.length);
    }
    return center;
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
