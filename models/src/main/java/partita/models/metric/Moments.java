package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * Mean and covariance of rows in float64, gathered over blocks of rows that are merged in index
 * order (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983).
 *
 * @param count rows seen
 * @param mean {@code [D]}
 * @param scatter sum of outer products of deviations from the mean {@code [D, D]}, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record Moments(long count, double[] mean, double[] scatter) {
  private static final int BLOCK_ROWS = 2048;

  /** Moments of all rows; blocks of 2048 rows, so the result does not depend on sharding. */
  public static Moments of(RowSource rows) {
    if (rows.rows() == 0) {
      throw new IllegalArgumentException("Cannot take moments of 0 rows: expected at least 1");
    }
    int capacity = (int) Math.min(BLOCK_ROWS, rows.rows());
    Moments total = new Moments(0, new double[rows.width()], new double[square(rows.width())]);
    try (RowTiles tiles = new RowTiles(1);
        RowTile tile = tiles.open(capacity, rows.width())) {
      for (long start = 0; start < rows.rows(); start += capacity) {
        tile.load(rows, start, (int) Math.min(capacity, rows.rows() - start));
        total = total.merge(ofTile(tile));
      }
    }
    return total;
  }

  private static Moments ofTile(RowTile tile) {
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray loaded = tile.array().get("0:" + tile.count());
      loaded.attach(scope);
      NDArray values = loaded.toType(DataType.FLOAT64, true);
      NDArray mean = values.mean(new int[] {0});
      NDArray deviations = values.sub(mean);
      NDArray scatter = deviations.transpose().matMul(deviations);
      return new Moments(tile.count(), mean.toDoubleArray(), scatter.toDoubleArray());
    }
  }

  /** Moments of these rows followed by others. */
  public Moments merge(Moments other) {
    if (mean.length != other.mean.length) {
      throw new IllegalArgumentException(
          "Cannot merge moments of %d and %d dimensions".formatted(mean.length, other.mean.length));
    }
    int width = mean.length;
    long sum = count + other.count;
    double[] shift = new double[width];
    double[] merged = new double[width];
    for (int i = 0; i < width; i++) {
      shift[i] = other.mean[i] - mean[i];
      merged[i] = mean[i] + shift[i] * other.count / sum;
    }
    double weight = (double) count * other.count / sum;
    double[] both = new double[scatter.length];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        int ij = i * width + j;
        both[ij] = scatter[ij] + other.scatter[ij] + weight * shift[i] * shift[j];
      }
    }
    return new Moments(sum, merged, both);
  }

  public int width() {
    return mean.length;
  }

  /**
   * Covariance {@code [D, D]} with denominator n - 1.
   *
   * @throws IllegalArgumentException when there are fewer than two rows
   */
  public double[] covariance() {
    if (count < 2) {
      throw new IllegalArgumentException(
          "Cannot estimate a covariance: found " + count + " rows, expected at least 2");
    }
    double[] covariance = new double[scatter.length];
    for (int i = 0; i < scatter.length; i++) {
      covariance[i] = scatter[i] / (count - 1);
    }
    return covariance;
  }

  private static int square(int width) {
    return Math.multiplyExact(width, width);
  }
}
