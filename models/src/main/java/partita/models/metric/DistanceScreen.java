package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import partita.models.op.TorchScript;
import partita.models.row.RowTile;

/**
 * Squared distances of the rows {@code x} of one tile to the rows {@code y} of another by one
 * float32 product, {@code |x|^2 + |y|^2 - 2 x.y}, with a bound on what rounding can have moved
 * them. Only a pair that comes so near to a limit that the bound leaves the answer open has to be
 * computed exactly, where exactly means {@code sum (x - y)^2} in float64, which is one number
 * whichever of the two comes first.
 *
 * <p>Sums of D products in float32 are off by at most {@code D 2^-23 |x| |y|} (Higham, "Accuracy
 * and Stability of Numerical Algorithms", section 3.1, doubled for fused and reordered additions),
 * which counts twice; two additions and two rounded norms add no more than {@code 8 2^-23 (|x| +
 * |y|)^2}; the float64 sum itself is within {@code D 2^-52 (|x| + |y|)^2}.
 */
final class DistanceScreen implements AutoCloseable {
  /** For what underflows in float32. */
  private static final double UNDERFLOW = 1e-30;

  /** Beyond this, squares may overflow float32. */
  private static final double LARGEST_NORM = 1e18;

  // The product is oneDNN's, as in the search of neighbors. Negated compares, so that NaN is looked
  // at and not passed over.
  private static final TorchScript OPS =
      new TorchScript(
          """
            def distances(self: __torch__.Ops, x: Tensor, y: Tensor, xx: Tensor, yy: Tensor) -> Tensor:
              xy = ops.mkldnn._linear_pointwise(x, y, None, "none", annotate(List[Optional[number]], []), "")
              return torch.add_(torch.add_(torch.mul_(xy, -2), torch.unsqueeze(xx, 1)), yy)
            def exclude_diagonal(self: __torch__.Ops, d: Tensor, value: float) -> Tensor:
              return torch.fill_diagonal_(d, value)
            def smallest(self: __torch__.Ops, d: Tensor, k: int) -> Tensor:
              values, _0, = torch.kthvalue(d, k, 1)
              return values
            def below(self: __torch__.Ops, d: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
              limit = torch.maximum(torch.unsqueeze(rows, 1), columns)
              return torch.nonzero(torch.logical_not(torch.ge(d, limit)))
            def inside(self: __torch__.Ops, d: Tensor, rows: Tensor, columns: Tensor) -> List[Tensor]:
              r = torch.lt(d, torch.unsqueeze(rows, 1))
              c = torch.lt(d, columns)
              return [torch.sum(r, [0]), torch.sum(r, [1]), torch.sum(c, [1])]
            def between(self: __torch__.Ops, d: Tensor, sureRows: Tensor, rows: Tensor, sureColumns: Tensor, columns: Tensor) -> Tensor:
              inRows = torch.logical_or(torch.lt(d, torch.unsqueeze(sureRows, 1)), torch.ge(d, torch.unsqueeze(rows, 1)))
              inColumns = torch.logical_or(torch.lt(d, sureColumns), torch.ge(d, columns))
              return torch.nonzero(torch.logical_not(torch.logical_and(inRows, inColumns)))
          """);

  private final RowTile left;
  private final RowTile right;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final NDArray distances;
  private final float[] leftRow;
  private final float[] rightRow;
  private int copied = -1;

  /** Computes the distances of all rows of two tiles, which are full. */
  DistanceScreen(RowTile left, RowTile right) {
    this.left = left;
    this.right = right;
    this.distances =
        OPS.run(
            manager,
            "distances",
            left.array(),
            right.array(),
            manager.create(rounded(left.squaredNorms())),
            manager.create(rounded(right.squaredNorms())));
    int width = (int) left.array().getShape().get(1);
    this.leftRow = new float[width];
    this.rightRow = new float[width];
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** How far off the distances of each left row can be, NaN if anywhere. */
  double[] leftErrors() {
    return errors(left, right);
  }

  /** How far off the distances of each right row can be, NaN if anywhere. */
  double[] rightErrors() {
    return errors(right, left);
  }

  private static double[] errors(RowTile tile, RowTile other) {
    double largest = Math.sqrt(Arrays.stream(other.squaredNorms()).max().orElse(0));
    double width = tile.array().getShape().get(1) + 16.0;
    double[] errors = new double[tile.count()];
    for (int i = 0; i < errors.length; i++) {
      double reach = Math.sqrt(tile.squaredNorms()[i]) + largest;
      errors[i] =
          reach < LARGEST_NORM
              ? 1.01 * width * (0x1p-24 + 0x1p-52) * reach * reach + UNDERFLOW
              : Double.NaN;
    }
    return errors;
  }

  /** Leaves the distance of each row to itself out, for a tile with itself. */
  void excludeDiagonal() {
    OPS.run(manager, "exclude_diagonal", distances, Double.POSITIVE_INFINITY).close();
  }

  /** The k-th smallest computed distance of each left row, {@code k} at most the right rows. */
  float[] smallest(int k) {
    try (NDArray found = OPS.run(manager, "smallest", distances, k)) {
      return found.toFloatArray();
    }
  }

  /**
   * Pairs that may be nearer than a limit of the left or of the right row.
   *
   * @param rows limit of each left row, with its error; NaN for no limit
   * @param columns limit of each right row
   */
  Pairs below(float[] rows, float[] columns) {
    return pairs(
        OPS.run(manager, "below", distances, manager.create(rows), manager.create(columns)));
  }

  /**
   * How many distances are smaller than limits.
   *
   * @param rows limit of each left row
   * @param columns limit of each right row
   * @return by right row, those within the rows' limits; the same by left row; by left row, those
   *     within the columns' limits
   */
  List<long[]> inside(float[] rows, float[] columns) {
    List<NDArray> counts =
        OPS.runForList(manager, "inside", distances, manager.create(rows), manager.create(columns));
    return counts.stream().map(NDArray::toLongArray).toList();
  }

  /** Pairs that are between both limits of the left row or both of the right row. */
  Pairs between(float[] sureRows, float[] rows, float[] sureColumns, float[] columns) {
    return pairs(
        OPS.run(
            manager,
            "between",
            distances,
            manager.create(sureRows),
            manager.create(rows),
            manager.create(sureColumns),
            manager.create(columns)));
  }

  private Pairs pairs(NDArray indices) {
    LongBuffer buffer = indices.toByteBuffer(true).order(ByteOrder.nativeOrder()).asLongBuffer();
    int[] rows = new int[buffer.remaining() / 2];
    int[] columns = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) buffer.get();
      columns[i] = (int) buffer.get();
    }
    indices.close();
    return new Pairs(rows, columns);
  }

  /**
   * Some pairs of rows, by row.
   *
   * @param rows of the left tile
   * @param columns rows of the right tile
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pairs(int[] rows, int[] columns) {
    int count() {
      return rows.length;
    }
  }

  /** The computed distances {@code [left rows, right rows]}; valid until this is closed. */
  FloatBuffer computed() {
    return distances.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** The exact distance of two rows; fastest when the left row is that of the call before. */
  double exact(int row, int column) {
    if (copied != row) {
      left.copy(row, leftRow, 0);
      copied = row;
    }
    right.copy(column, rightRow, 0);
    return squaredDistance(leftRow, rightRow);
  }

  private static double squaredDistance(float[] x, float[] y) {
    // Four partial sums, so that the additions need not wait for each other.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 3 < x.length; j += 4) {
      double e = (double) x[j] - y[j];
      double f = (double) x[j + 1] - y[j + 1];
      double g = (double) x[j + 2] - y[j + 2];
      double h = (double) x[j + 3] - y[j + 3];
      a += e * e;
      b += f * f;
      c += g * g;
      d += h * h;
    }
    for (; j < x.length; j++) {
      double e = (double) x[j] - y[j];
      a += e * e;
    }
    return (a + b) + (c + d);
  }

  /** A float32 above a limit that nothing within it can reach; NaN stays. */
  static float above(double limit) {
    return Math.nextUp((float) limit);
  }

  /** A float32 that everything below is below the limit; NaN stays. */
  static float atMost(double limit) {
    return Math.nextDown((float) limit);
  }

  @Override
  public void close() {
    manager.close();
  }
}
