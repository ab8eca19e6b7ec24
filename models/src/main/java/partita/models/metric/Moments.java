package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.List;
import partita.models.op.TorchScript;
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
  /** Rows of a block but the last; 134 MB at 2,048 dimensions while it is gathered. */
  public static final int BLOCK_ROWS = 4096;

  /** Rows of the scatter that one product gives: what it computes below the diagonal is lost. */
  private static final int STRIP = 256;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def deviations(self: __torch__.Ops, x: Tensor, count: int) -> List[Tensor]:
              wide = torch.to(torch.narrow(x, 0, 0, count), 7)
              mean = torch.mean(wide, [0])
              return [mean, torch.sub_(wide, mean)]
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
    try (RowTiles tiles = new RowTiles(1);
        RowTile tile = tiles.open(count, rows.width())) {
      tile.load(rows, first, count);
      return ofTile(tile);
    }
  }

  private static Moments ofTile(RowTile tile) {
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      List<NDArray> found = OPS.runForList(scope, "deviations", tile.array(), tile.count());
      NDArray deviations = found.get(1);
      int width = (int) deviations.getShape().get(1);
      double[] scatter = new double[triangle(width)];
      int end = 0;
      for (int first = 0; first < width; first += STRIP) {
        int rows = Math.min(STRIP, width - first);
        try (NDArray strip = OPS.run(scope, "strip", deviations, first, rows)) {
          DoubleBuffer products =
              strip.toByteBuffer(true).order(ByteOrder.nativeOrder()).asDoubleBuffer();
          int columns = width - first;
          for (int row = 0; row < rows; row++) {
            products.get(row * columns + row, scatter, end, columns - row);
            end += columns - row;
          }
        }
      }
      return new Moments(tile.count(), found.get(0).toDoubleArray(), scatter);
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
    int ij = 0;
    for (int i = 0; i < width; i++) {
      double weighted = weight * shift[i];
      for (int j = i; j < width; j++, ij++) {
        both[ij] = scatter[ij] + other.scatter[ij] + weighted * shift[j];
      }
    }
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
    int ij = 0;
    for (int i = 0; i < width; i++) {
      for (int j = i; j < width; j++, ij++) {
        covariance[i * width + j] = scatter[ij] / divisor;
        covariance[j * width + i] = covariance[i * width + j];
      }
    }
    return covariance;
  }

  private static int triangle(int width) {
    return Math.toIntExact(width * (width + 1L) / 2);
  }
}
