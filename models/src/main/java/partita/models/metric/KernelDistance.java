package partita.models.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import partita.models.op.TorchScript;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;
import partita.models.row.SelectedRows;

/**
 * Unbiased squared maximum mean discrepancy with the polynomial kernel {@code k(x, y) = (x.y / D +
 * 1)^3} (Binkowski et al., "Demystifying MMD GANs", ICLR 2018, section 4; the estimate is equation
 * 4, Gretton et al. 2012, lemma 6): {@code mean over i != j of k(x_i, x_j) + mean over i != j of
 * k(y_i, y_j) - 2 mean of k(x_i, y_j)}, float64. It may be negative. With the official Inception
 * features this is KID; nothing is multiplied by 1,000.
 *
 * <p>torch-fidelity and stylegan2-ada give the mean over 100 subsets of 1,000 rows of both sets:
 * {@link #ofSubsets}, whose draws are those of torch-fidelity for the same seed. {@link #ofAll} is
 * the estimate over all pairs, which has no draws and the least variance.
 *
 * @param value the estimate, or its mean over subsets
 * @param std population standard deviation over subsets, NaN without subsets
 */
public record KernelDistance(double value, double std) {
  /** Subsets of the published protocol. */
  public static final int SUBSETS = 100;

  /** Rows of a subset in the published protocol. */
  public static final int SUBSET_ROWS = 1000;

  /** Seed that torch-fidelity draws with. */
  public static final int SEED = 2020;

  private static final int BLOCK_ROWS = 1024;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def sum(self: __torch__.Ops, x: Tensor, y: Tensor) -> Tensor:
              kernel = torch.add(torch.div(torch.mm(x, torch.t(y)), torch.size(x, 1)), 1)
              return torch.sum(torch.mul(torch.square(kernel), kernel))
          """);

  /**
   * The estimate over all rows.
   *
   * @param real {@code [M, D]}
   * @param generated {@code [N, D]}
   * @throws IllegalArgumentException when the dimensions differ, a set has fewer than two rows or a
   *     value is not finite
   */
  public static KernelDistance ofAll(RowSource real, RowSource generated) {
    SameWidth.require(real, generated);
    requireRows("real", real, 2);
    requireRows("generated", generated, 2);
    return new KernelDistance(squaredDiscrepancy(real, generated), Double.NaN);
  }

  /**
   * The mean over random subsets, drawn without replacement as {@code
   * numpy.random.RandomState(seed).choice} does, real rows first.
   *
   * @param subsets how many, at least 1
   * @param rows of each set in a subset, at least 2
   * @param seed of the draws
   * @throws IllegalArgumentException when the dimensions differ, a set has fewer rows than a subset
   *     or a value is not finite
   */
  public static KernelDistance ofSubsets(
      RowSource real, RowSource generated, int subsets, int rows, int seed) {
    SameWidth.require(real, generated);
    if (subsets < 1 || rows < 2) {
      throw new IllegalArgumentException(
          "Cannot draw %d subsets of %d rows: expected at least 1 of at least 2"
              .formatted(subsets, rows));
    }
    requireRows("real", real, rows);
    requireRows("generated", generated, rows);
    NumpyRandomState random = new NumpyRandomState(seed);
    double[] values = new double[subsets];
    double sum = 0;
    for (int i = 0; i < subsets; i++) {
      RowSource x = new SelectedRows(real, random.choice((int) real.rows(), rows));
      RowSource y = new SelectedRows(generated, random.choice((int) generated.rows(), rows));
      values[i] = squaredDiscrepancy(x, y);
      sum += values[i];
    }
    double mean = sum / subsets;
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / subsets;
    }
    return new KernelDistance(mean, Math.sqrt(variance));
  }

  private static void requireRows(String name, RowSource rows, int expected) {
    if (rows.rows() < expected || rows.rows() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot estimate a kernel distance: found %d %s rows, expected at least %d; add rows or lower the rows of a subset"
              .formatted(rows.rows(), name, expected));
    }
  }

  private static double squaredDiscrepancy(RowSource x, RowSource y) {
    double m = x.rows();
    double n = y.rows();
    return sumOfOthers(x) / (m * (m - 1))
        + sumOfOthers(y) / (n * (n - 1))
        - 2 * sum(x, y) / (m * n);
  }

  /** Sum of {@code k(x_i, y_j)} over all pairs, block after block. */
  private static double sum(RowSource x, RowSource y) {
    double sum = 0;
    try (RowTiles tiles = new RowTiles(2);
        RowTile a = tiles.open(capacity(x), x.width());
        RowTile b = tiles.open(capacity(y), y.width())) {
      for (long i = 0; i < x.rows(); i += BLOCK_ROWS) {
        load(a, x, i);
        for (long j = 0; j < y.rows(); j += BLOCK_ROWS) {
          load(b, y, j);
          sum += kernelSum(a, b);
        }
      }
    }
    return sum;
  }

  /** Sum of {@code k(x_i, x_j)} over ordered pairs of different rows. */
  private static double sumOfOthers(RowSource x) {
    double sum = 0;
    try (RowTiles tiles = new RowTiles(2);
        RowTile a = tiles.open(capacity(x), x.width());
        RowTile b = tiles.open(capacity(x), x.width())) {
      for (long i = 0; i < x.rows(); i += BLOCK_ROWS) {
        load(a, x, i);
        sum += kernelSum(a, a);
        for (int row = 0; row < a.count(); row++) {
          sum -= Math.pow(a.squaredNorms()[row] / x.width() + 1, 3);
        }
        for (long j = i + BLOCK_ROWS; j < x.rows(); j += BLOCK_ROWS) {
          load(b, x, j);
          sum += 2 * kernelSum(a, b);
        }
      }
    }
    return sum;
  }

  private static int capacity(RowSource rows) {
    return (int) Math.min(BLOCK_ROWS, rows.rows());
  }

  private static void load(RowTile tile, RowSource rows, long first) {
    tile.load(rows, first, (int) Math.min(tile.capacity(), rows.rows() - first));
  }

  private static double kernelSum(RowTile a, RowTile b) {
    try (NDManager scope = a.array().getManager().newSubManager()) {
      NDArray left = rows(scope, a);
      NDArray right = rows(scope, b);
      return OPS.run(scope, "sum", left, right).getDouble();
    }
  }

  private static NDArray rows(NDManager scope, RowTile tile) {
    try (NDArray loaded = tile.array().get("0:" + tile.count())) {
      NDArray rows = loaded.toType(DataType.FLOAT64, true);
      rows.attach(scope);
      return rows;
    }
  }
}
