package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import partita.models.op.TorchScript;
import partita.models.op.Workers;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

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

  /** Rows of a block that are read at a time. */
  private static final int PART_ROWS = 512;

  /**
   * Rows of the scatter that one product gives: fewer lose less to what is computed below the
   * diagonal, and 192 were seen to be the fastest from 96 to 384.
   */
  private static final int STRIP = 192;

  /** Rows and columns of the covariance that are unpacked at a time. */
  private static final int PATCH = 64;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def widen(self: __torch__.Ops, wide: Tensor, x: Tensor, first: int, count: int) -> Tensor:
              return torch.copy_(torch.narrow(wide, 0, first, count), x)
            def center(self: __torch__.Ops, wide: Tensor) -> Tensor:
              mean = torch.mean(wide, [0])
              _0 = torch.sub_(wide, mean)
              return mean
            def strip(self: __torch__.Ops, x: Tensor, first: int, rows: int) -> Tensor:
              columns = torch.sub(torch.size(x, 1), first)
              strip = torch.t(torch.narrow(x, 1, first, rows))
              return torch.mm(strip, torch.narrow(x, 1, first, columns))
          """);

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
    Moments total = ofBlock(rows, 0);
    for (int block = 1; block < blocks; block++) {
      total = total.merge(ofBlock(rows, block));
    }
    return total;
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
    long first = (long) block * BLOCK_ROWS;
    int count = (int) Math.min(BLOCK_ROWS, rows.rows() - first);
    if (count < 1) {
      throw new IllegalArgumentException(
          "Cannot take moments of block %d of %d rows: expected at least 1 row in it"
              .formatted(block, rows.rows()));
    }
    int width = rows.width();
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray wide = scope.create(new Shape(count, width), DataType.FLOAT64);
      Workers.forEach(
          (count + PART_ROWS - 1) / PART_ROWS,
          part -> {
            int start = part * PART_ROWS;
            widen(rows, first + start, Math.min(PART_ROWS, count - start), wide, start);
          });
      double[] mean = OPS.run(scope, "center", wide).toDoubleArray();
      double[] scatter = new double[triangle(width)];
      Workers.forEach(
          (width + STRIP - 1) / STRIP, strip -> products(wide, strip * STRIP, scatter, width));
      return new Moments(count, mean, scatter);
    }
  }

  /** Reads and checks rows, and puts them into an array of float64 from a row of it on. */
  private static void widen(RowSource rows, long first, int count, NDArray wide, int target) {
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        RowTiles tiles = new RowTiles(1);
        RowTile tile = tiles.open(count, rows.width())) {
      tile.load(rows, first, count);
      OPS.run(scope, "widen", wide, tile.array(), target, count);
    }
  }

  /** One strip of the scatter; the strips are apart from each other. */
  private static void products(NDArray deviations, int first, double[] scatter, int width) {
    int rows = Math.min(STRIP, width - first);
    int columns = width - first;
    int end = scatter.length - triangle(columns);
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      DoubleBuffer products =
          OPS.run(scope, "strip", deviations, first, rows)
              .toByteBuffer(true)
              .order(ByteOrder.nativeOrder())
              .asDoubleBuffer();
      for (int row = 0; row < rows; row++) {
        products.get(row * columns + row, scatter, end, columns - row);
        end += columns - row;
      }
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
    Workers.forEach(
        (width + STRIP - 1) / STRIP,
        strip -> {
          int first = strip * STRIP;
          for (int i = first; i < Math.min(first + STRIP, width); i++) {
            int diagonal = scatter.length - triangle(width - i);
            double weighted = weight * shift[i];
            for (int j = i; j < width; j++) {
              int ij = diagonal + j - i;
              both[ij] = scatter[ij] + other.scatter[ij] + weighted * shift[j];
            }
          }
        });
    return new Moments(sum, merged, both);
  }

  public int width() {
    return mean.length;
  }

  /**
   * Covariance {@code [D, D]}, row-major.
   *
   * @throws IllegalArgumentException when there are fewer than two rows
   */
  public double[] covariance(CovarianceEstimate estimate) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "Cannot estimate a covariance: found " + count + " rows, expected at least 2");
    }
    int width = mean.length;
    double divisor = estimate.divisor(count);
    double[] covariance = new double[Math.multiplyExact(width, width)];
    Workers.forEach(
        (width + PATCH - 1) / PATCH,
        patch -> {
          for (int columns = patch * PATCH; columns < width; columns += PATCH) {
            unpack(covariance, patch * PATCH, columns, divisor);
          }
        });
    return covariance;
  }

  /** One patch of the upper triangle and its mirror image, which both stay in the cache. */
  private void unpack(double[] covariance, int rows, int columns, double divisor) {
    int width = mean.length;
    for (int i = rows; i < Math.min(width, rows + PATCH); i++) {
      int diagonal = scatter.length - triangle(width - i);
      for (int j = Math.max(i, columns); j < Math.min(width, columns + PATCH); j++) {
        covariance[i * width + j] = scatter[diagonal + j - i] / divisor;
        covariance[j * width + i] = covariance[i * width + j];
      }
    }
  }

  private static int triangle(int width) {
    return Math.toIntExact(width * (width + 1L) / 2);
  }
}
