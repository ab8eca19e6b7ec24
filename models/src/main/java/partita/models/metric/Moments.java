package partita.models.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import partita.models.op.Workers;
import partita.models.row.RowSource;

/**
 * Mean and covariance of rows in float64, gathered over fixed blocks of rows that are merged in
 * index order (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983): the
 * bits are the same whoever computes which blocks.
 *
 * @param count rows seen
 * @param mean {@code [D]}
 * @param scatter sum of outer products of deviations from the mean {@code [D, D]}, symmetric: its
 *     upper triangle row after row, {@code D (D + 1) / 2} values
 */
@SuppressWarnings("ArrayRecordComponent")
public record Moments(long count, double[] mean, double[] scatter) {
  /** Rows of a block but the last; about 100 MB at 2,048 dimensions while it is gathered. */
  public static final int BLOCK_ROWS = 4096;

  /** Of a covariance whose bytes one buffer can address. */
  private static final int MOST_DIMENSIONS = 16_383;

  /** Rows and columns of the covariance that are unpacked at a time. */
  private static final int PATCH = 64;

  public Moments {
    if (scatter.length != triangle(mean.length)) {
      throw new IllegalArgumentException(
          "Cannot make moments of %d means and %d products: expected %d products"
              .formatted(mean.length, scatter.length, triangle(mean.length)));
    }
  }

  /**
   * Moments of all rows.
   *
   * @throws IllegalArgumentException when there is no row or a value is not finite; names the row
   */
  public static Moments of(RowSource rows) {
    int blocks = blocks(rows.rows());
    try (ScatterBlock block = block(rows, 0)) {
      Moments total = gather(block, rows, 0);
      for (int i = 1; i < blocks; i++) {
        total = total.append(block, rows, i);
      }
      return total;
    }
  }

  /** Number of blocks that so many rows make. */
  public static int blocks(long rows) {
    return Math.toIntExact((rows + BLOCK_ROWS - 1) / BLOCK_ROWS);
  }

  /**
   * Moments of one block of the rows; those of all blocks, {@link #merge merged} in index order,
   * are {@link #of} to the bit.
   *
   * @throws IllegalArgumentException when there is no row or a value is not finite; names the row
   */
  public static Moments ofBlock(RowSource rows, int block) {
    try (ScatterBlock memory = block(rows, block)) {
      return gather(memory, rows, block);
    }
  }

  private static ScatterBlock block(RowSource rows, int block) {
    int count = count(rows, block);
    if (count < 1) {
      throw new IllegalArgumentException(
          "Cannot take moments of block %d of %d rows: expected at least 1 row in it"
              .formatted(block, rows.rows()));
    }
    return new ScatterBlock(rows, count);
  }

  private static int count(RowSource rows, int block) {
    return (int) Math.min(BLOCK_ROWS, rows.rows() - (long) block * BLOCK_ROWS);
  }

  private static Moments gather(ScatterBlock block, RowSource rows, int index) {
    int count = count(rows, index);
    double[] mean = block.load((long) index * BLOCK_ROWS, count);
    int width = mean.length;
    double[] scatter = new double[triangle(width)];
    block.scatter(
        count,
        (i, values) ->
            System.arraycopy(values, 0, scatter, scatter.length - triangle(width - i), width - i));
    return new Moments(count, mean, scatter);
  }

  /** As {@link #merge} with the moments of a block, which are added to these in their place. */
  private Moments append(ScatterBlock block, RowSource rows, int index) {
    int others = count(rows, index);
    double[] otherMean = block.load((long) index * BLOCK_ROWS, others);
    int width = mean.length;
    double[] shift = shift(otherMean);
    double weight = weight(others);
    block.scatter(
        others,
        (i, values) -> {
          int diagonal = scatter.length - triangle(width - i);
          addRow(scatter, diagonal, values, 0, shift, i, weight);
        });
    return new Moments(count + others, mergedMean(shift, others), scatter);
  }

  /** Moments of these rows followed by others. */
  public Moments merge(Moments other) {
    if (mean.length != other.mean.length) {
      throw new IllegalArgumentException(
          "Cannot merge moments of %d and %d dimensions".formatted(mean.length, other.mean.length));
    }
    int width = mean.length;
    double[] shift = shift(other.mean);
    double weight = weight(other.count);
    double[] both = scatter.clone();
    for (int i = 0; i < width; i++) {
      int diagonal = scatter.length - triangle(width - i);
      addRow(both, diagonal, other.scatter, diagonal, shift, i, weight);
    }
    return new Moments(count + other.count, mergedMean(shift, other.count), both);
  }

  private double[] shift(double[] otherMean) {
    double[] shift = new double[mean.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = otherMean[i] - mean[i];
    }
    return shift;
  }

  private double weight(long others) {
    return (double) count * others / (count + others);
  }

  private double[] mergedMean(double[] shift, long others) {
    double[] merged = new double[shift.length];
    for (int i = 0; i < shift.length; i++) {
      merged[i] = mean[i] + shift[i] * others / (count + others);
    }
    return merged;
  }

  /** Adds row {@code i} of another triangle, and what the means' distance adds to it. */
  private static void addRow(
      double[] scatter, int at, double[] other, int otherAt, double[] shift, int i, double weight) {
    double weighted = weight * shift[i];
    for (int j = i; j < shift.length; j++) {
      scatter[at + j - i] += other[otherAt + j - i] + weighted * shift[j];
    }
  }

  public int width() {
    return mean.length;
  }

  /**
   * Covariance {@code [D, D]} float64.
   *
   * @param manager owns it
   * @throws IllegalArgumentException when there are fewer than two rows or too many dimensions
   */
  public NDArray covariance(NDManager manager, CovarianceEstimate estimate) {
    double divisor = divisor(estimate);
    int width = mean.length;
    if (width > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "Cannot estimate a covariance of %,d dimensions: expected at most %,d"
              .formatted(width, MOST_DIMENSIONS));
    }
    NDArray covariance = manager.create(new Shape(width, width), DataType.FLOAT64);
    DoubleBuffer values =
        covariance.toByteBuffer(true).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    Workers.forEach(
        (width + PATCH - 1) / PATCH,
        patch -> {
          for (int columns = patch * PATCH; columns < width; columns += PATCH) {
            unpack(values, patch * PATCH, columns, divisor);
          }
        });
    return covariance;
  }

  /**
   * Variances {@code [D]}: the diagonal of {@link #covariance}.
   *
   * @throws IllegalArgumentException when there are fewer than two rows
   */
  public double[] variances(CovarianceEstimate estimate) {
    double divisor = divisor(estimate);
    double[] variances = new double[mean.length];
    for (int i = 0; i < variances.length; i++) {
      variances[i] = scatter[scatter.length - triangle(mean.length - i)] / divisor;
    }
    return variances;
  }

  private double divisor(CovarianceEstimate estimate) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "Cannot estimate a covariance: found " + count + " rows, expected at least 2");
    }
    return estimate.divisor(count);
  }

  /** One patch of the upper triangle and its mirror image, which both stay in the cache. */
  private void unpack(DoubleBuffer covariance, int rows, int columns, double divisor) {
    int width = mean.length;
    for (int i = rows; i < Math.min(width, rows + PATCH); i++) {
      int diagonal = scatter.length - triangle(width - i);
      for (int j = Math.max(i, columns); j < Math.min(width, columns + PATCH); j++) {
        double value = scatter[diagonal + j - i] / divisor;
        covariance.put(i * width + j, value);
        covariance.put(j * width + i, value);
      }
    }
  }

  private static int triangle(int width) {
    return Math.toIntExact(width * (width + 1L) / 2);
  }
}
