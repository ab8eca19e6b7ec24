package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import partita.models.op.TorchScript;
import partita.models.row.Operand;
import partita.models.row.Precision;

/**
 * Squared distances of the rows {@code x} of one block to the rows {@code y} of another by one fast
 * product, with {@link DistanceBounds} on what rounding can have moved them. Only a pair that comes
 * so near to a limit that the bounds leave the answer open has to be computed exactly, where
 * exactly means {@code sum (x - y)^2} in float64, which is one number whichever of the two comes
 * first. A product in bfloat16 that leaves too many open is done again in float32.
 */
final class DistanceScreen implements AutoCloseable {
  /** When one pair of so many is open, computing them takes longer than the product in float32. */
  private static final int PAIRS_PER_OPEN = 32;

  // The float32 product is oneDNN's, as in the search of neighbors. Negated compares, so that NaN
  // is looked at and not passed over.
  private static final TorchScript OPS =
      new TorchScript(
          """
            def wide(self: __torch__.Ops, x: Tensor, y: Tensor, xx: Tensor, yy: Tensor) -> Tensor:
              xy = ops.mkldnn._linear_pointwise(x, y, None, "none", annotate(List[Optional[number]], []), "")
              return torch.add_(torch.add_(torch.mul_(xy, -2), torch.unsqueeze(xx, 1)), yy)
            def narrow(self: __torch__.Ops, x: Tensor, y: Tensor, xx: Tensor, yy: Tensor) -> Tensor:
              xy = torch.to(torch.mm(x, torch.t(y)), 6)
              return torch.add_(torch.add_(torch.mul_(xy, -2), torch.unsqueeze(xx, 1)), yy)
            def exclude_diagonal(self: __torch__.Ops, d: Tensor, value: float) -> Tensor:
              return torch.fill_diagonal_(d, value)
            def smallest(self: __torch__.Ops, d: Tensor, k: int) -> Tensor:
              values, _0, = torch.topk(d, k, 1, False, False)
              return torch.amax(values, [1])
            def below(self: __torch__.Ops, d: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
              limit = torch.maximum(torch.unsqueeze(rows, 1), columns)
              return torch.nonzero(torch.logical_not(torch.ge(d, limit)))
          """);

  private final ScreenedRows.Block left;
  private final ScreenedRows.Block right;
  private final NarrowTrials trials;
  private final float[] leftRow;
  private final float[] rightRow;
  private int copied = -1;
  private Product product;

  /** What was computed, and how well. */
  private record Product(NDManager manager, NDArray distances, Operand left, Operand right) {
    static Product of(Operand left, Operand right) {
      NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
      NDArray distances =
          OPS.run(
              manager,
              left.precision() == Precision.FLOAT32 ? "wide" : "narrow",
              left.array(),
              right.array(),
              manager.create(squares(left.norms())),
              manager.create(squares(right.norms())));
      return new Product(manager, distances, left, right);
    }

    private static float[] squares(float[] norms) {
      float[] squares = new float[norms.length];
      for (int i = 0; i < squares.length; i++) {
        squares[i] = (float) ((double) norms[i] * norms[i]);
      }
      return squares;
    }
  }

  /**
   * Some pairs of rows, by row.
   *
   * @param rows of the left block
   * @param columns rows of the right block
   * @param computed their computed distances
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pairs(int[] rows, int[] columns, float[] computed) {
    int count() {
      return rows.length;
    }
  }

  /**
   * Computes the distances of all rows of two blocks; those of a block with itself but for each row
   * with itself.
   *
   * @param trials those of other pairs of blocks of the same rows
   */
  DistanceScreen(ScreenedRows.Block left, ScreenedRows.Block right, NarrowTrials trials) {
    this.left = left;
    this.right = right;
    this.trials = trials;
    int width = (int) left.tile().array().getShape().get(1);
    this.leftRow = new float[width];
    this.rightRow = new float[width];
    boolean narrow =
        left.operand().precision() != Precision.FLOAT32
            && right.operand().precision() != Precision.FLOAT32;
    this.product = narrow && trials.isWorthwhile() ? narrow() : wide();
  }

  private Product narrow() {
    trials.tried();
    return product(left.operand(), right.operand());
  }

  private Product wide() {
    return product(Operand.exact(left.tile()), Operand.exact(right.tile()));
  }

  private Product product(Operand x, Operand y) {
    Product made = Product.of(x, y);
    if (left == right) {
      OPS.run(made.manager(), "exclude_diagonal", made.distances(), Double.POSITIVE_INFINITY)
          .close();
    }
    return made;
  }

  /** Bounds of the left rows' computed distances; others once {@link #refine} has done so. */
  DistanceBounds leftBounds() {
    return new DistanceBounds(product.left(), product.right());
  }

  /** Bounds of the right rows' computed distances; others once {@link #refine} has done so. */
  DistanceBounds rightBounds() {
    return new DistanceBounds(product.right(), product.left());
  }

  /** The k-th smallest computed distance of each left row, {@code k} at most the right rows. */
  float[] smallest(int k) {
    try (NDArray found = OPS.run(product.manager(), "smallest", product.distances(), k)) {
      return found.toFloatArray();
    }
  }

  /**
   * Pairs that may be as near as a limit of the left or of the right row.
   *
   * @param rows squared limit of each left row; negative infinity for none that is near enough
   * @param columns squared limit of each right row
   */
  Pairs below(double[] rows, double[] columns) {
    NDManager manager = product.manager();
    NDArray found =
        OPS.run(
            manager,
            "below",
            product.distances(),
            manager.create(leftBounds().beyond(rows)),
            manager.create(rightBounds().beyond(columns)));
    return pairs(found, columns.length);
  }

  /**
   * Computes the distances anew in float32, if they are not, where that takes less time than to
   * decide pairs that are open.
   *
   * @return whether bounds and pairs are others now
   */
  boolean refine(int open) {
    long all = product.distances().size();
    if (open <= all / PAIRS_PER_OPEN || product.left().precision() == Precision.FLOAT32) {
      return false;
    }
    trials.failed();
    product.manager().close();
    product = wide();
    return true;
  }

  private Pairs pairs(NDArray indices, int width) {
    LongBuffer buffer = indices.toByteBuffer(true).order(ByteOrder.nativeOrder()).asLongBuffer();
    FloatBuffer distances =
        product.distances().toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    int[] rows = new int[buffer.remaining() / 2];
    int[] columns = new int[rows.length];
    float[] computed = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) buffer.get();
      columns[i] = (int) buffer.get();
      computed[i] = distances.get(rows[i] * width + columns[i]);
    }
    indices.close();
    return new Pairs(rows, columns, computed);
  }

  /** The exact distance of two rows; fastest when the left row is that of the call before. */
  double exact(int row, int column) {
    if (copied != row) {
      left.tile().copy(row, leftRow, 0);
      copied = row;
    }
    right.tile().copy(column, rightRow, 0);
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

  @Override
  public void close() {
    product.manager().close();
  }
}
