package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import partita.models.op.TorchScript;
import partita.models.op.Workers;

/**
 * A symmetric matrix brought to block tridiagonal form by Householder reflections, a block of
 * columns after the other (Bischof, Lang and Sun, "A framework for symmetric band reduction", ACM
 * TOMS 26, 2000): the eigenvalues stay, and nearly all the work is in products of matrices, where
 * the reduction to tridiagonal form does half of it with vectors.
 *
 * <p>Both sides of the rest {@code A} of the matrix, {@code [R, R]}, are reflected by {@code I - V
 * T V'}, that is {@code A - V Y' - Y V'} with {@code W = A V T} and {@code Y = W - V T' V' W / 2}.
 * This waits until the rest is multiplied by the {@code V} of the next block, so that each strip of
 * it is read once a block. Columns of the reflections are numbered as those of the whole matrix.
 */
final class BlockTridiagonal {
  /** Rows and columns of a block: as few as products are fast with. */
  private static final int BLOCK = 32;

  /** Rows of the rest that one task works on; a multiple of the block. */
  static final int STRIP = 256;

  /** Shifts that one task solves with. */
  private static final int BATCH = 6;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def reflect(self: __torch__.Ops, a: Tensor, v: Tensor, start: int, block: int) -> Tensor:
              first = torch.sub(start, block)
              rest = torch.sub(torch.size(a, 0), start)
              panel = torch.narrow(torch.narrow(a, 0, start, rest), 1, first, block)
              packed, scales, = torch.geqrf(panel)
              _0 = torch.copy_(panel, torch.triu(packed))
              vs = torch.tril(packed, -1)
              _1 = torch.fill_(torch.diagonal(vs), 1.)
              vt = torch.narrow(v, 1, start, rest)
              _2 = torch.copy_(vt, torch.t(vs))
              t = torch.diag(scales)
              overlap = torch.triu(torch.mm(vt, torch.t(vt)), 1)
              unit = torch.add(torch.mm(t, overlap), torch.eye(block, dtype=7))
              return torch.linalg_solve_triangular(unit, t, upper=True, unitriangular=True)
            def settle(self: __torch__.Ops, a: Tensor, left: Tensor, right: Tensor, first: int, block: int) -> Tensor:
              rest = torch.sub(torch.size(a, 0), first)
              columns = torch.narrow(torch.narrow(a, 0, first, rest), 1, first, block)
              side = torch.t(torch.narrow(left, 1, first, rest))
              return torch.addmm_(columns, side, torch.narrow(right, 1, first, block), beta=1, alpha=-1)
            def strip(self: __torch__.Ops, a: Tensor, left: Tensor, right: Tensor, v: Tensor, product: Tensor, start: int, first: int, count: int) -> Tensor:
              before = torch.sub(first, start)
              all = torch.add(before, count)
              rows = torch.narrow(torch.narrow(a, 0, first, count), 1, start, all)
              side = torch.t(torch.narrow(left, 1, first, count))
              _0 = torch.addmm_(rows, side, torch.narrow(right, 1, start, all), beta=1, alpha=-1)
              own = torch.narrow(product, 1, first, count)
              _1 = torch.addmm_(own, torch.narrow(v, 1, start, all), torch.t(rows), beta=0, alpha=1)
              above = torch.narrow(product, 1, start, before)
              mirrored = torch.narrow(rows, 1, 0, before)
              return torch.addmm_(above, torch.narrow(v, 1, first, count), mirrored, beta=0, alpha=1)
            def sides(self: __torch__.Ops, left: Tensor, right: Tensor, v: Tensor, t: Tensor, products: List[Tensor], start: int, end: int, strip: int) -> Tensor:
              rest = torch.sub(torch.size(v, 1), start)
              count = torch.len(products)
              total = torch.narrow(products[torch.sub(count, 1)], 1, start, rest)
              for i in range(torch.sub(count, 1)):
                reach = torch.sub(torch.add(end, torch.mul(i, strip)), start)
                _0 = torch.add_(torch.narrow(total, 1, 0, reach), torch.narrow(products[i], 1, start, reach))
              block = torch.size(v, 0)
              vt = torch.narrow(v, 1, start, rest)
              lefts = torch.narrow(left, 1, start, rest)
              rights = torch.narrow(right, 1, start, rest)
              y = torch.narrow(lefts, 0, block, block)
              _1 = torch.addmm_(y, torch.t(t), total, beta=0, alpha=1)
              x = torch.mm(torch.mm(y, torch.t(vt)), t)
              _2 = torch.addmm_(y, x, vt, beta=1, alpha=-0.5)
              _3 = torch.copy_(torch.narrow(lefts, 0, 0, block), vt)
              _4 = torch.copy_(torch.narrow(rights, 0, 0, block), y)
              _5 = torch.copy_(torch.narrow(rights, 0, block, block), vt)
              return y
            def traces(self: __torch__.Ops, a: Tensor, shifts: Tensor, block: int) -> Tensor:
              one = torch.eye(block, dtype=7)
              shift = torch.mul(torch.reshape(shifts, [-1, 1, 1]), one)
              pivot = torch.add(shift, torch.narrow(torch.narrow(a, 0, 0, block), 1, 0, block))
              slope = torch.add(torch.zeros_like(shift), one)
              traces = torch.zeros_like(shifts)
              for i in range(torch.sub(torch.floordiv(torch.size(a, 0), block), 1)):
                at = torch.mul(i, block)
                rows = torch.narrow(a, 0, torch.add(at, block), block)
                below = torch.narrow(rows, 1, at, block)
                right = torch.expand(torch.t(below), [torch.size(shifts, 0), block, block])
                solved = torch.linalg_solve(pivot, torch.cat([right, slope], 2))
                factor = torch.narrow(solved, 2, 0, block)
                inner = torch.narrow(solved, 2, block, block)
                traces = torch.add(traces, torch.sum(torch.diagonal(inner, 0, 1, 2), [1]))
                diagonal = torch.add(shift, torch.narrow(rows, 1, torch.add(at, block), block))
                pivot = torch.sub(diagonal, torch.matmul(below, factor))
                slope = torch.add(one, torch.matmul(torch.transpose(factor, 1, 2), torch.matmul(slope, factor)))
              last = torch.linalg_solve(pivot, slope)
              return torch.add(traces, torch.sum(torch.diagonal(last, 0, 1, 2), [1]))
          """);

  private final NDArray matrix;

  private BlockTridiagonal(NDArray matrix) {
    this.matrix = matrix;
  }

  /** Zeros to be filled with a matrix: square, its width rounded up to whole blocks. */
  static NDArray zeros(NDManager manager, int width) {
    int blocks = (width + BLOCK - 1) / BLOCK;
    // Rows whose distance is a power of two would displace each other in the cache.
    return manager
        .zeros(new Shape(blocks * BLOCK, blocks * BLOCK + 8), DataType.FLOAT64)
        .get(":,:" + blocks * BLOCK);
  }

  /**
   * Reduces a matrix in its place.
   *
   * @param symmetric made by {@link #zeros}; of each {@link #STRIP} rows the columns up to the last
   *     of these rows are read
   */
  static BlockTridiagonal of(Workers workers, NDArray symmetric) {
    int width = (int) symmetric.getShape().get(0);
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray left = scope.zeros(new Shape(2 * BLOCK, width), DataType.FLOAT64);
      NDArray right = scope.zeros(new Shape(2 * BLOCK, width), DataType.FLOAT64);
      NDArray v = scope.create(new Shape(BLOCK, width), DataType.FLOAT64);
      List<NDArray> products = new ArrayList<>();
      for (int first = 0; first < width; first += STRIP) {
        products.add(scope.create(new Shape(BLOCK, width), DataType.FLOAT64));
      }
      for (int start = BLOCK; start < width; start += BLOCK) {
        int from = start;
        NDArray t = OPS.run(scope, "reflect", symmetric, v, start, BLOCK);
        int done = start / STRIP;
        int last = products.size() - 1;
        workers.run(
            products.size() - done,
            task -> {
              int strip = last - task; // the largest first
              int first = Math.max(from, strip * STRIP);
              int count = Math.min(width, (strip + 1) * STRIP) - first;
              OPS.run(
                      scope,
                      "strip",
                      symmetric,
                      left,
                      right,
                      v,
                      products.get(strip),
                      from,
                      first,
                      count)
                  .close();
            });
        List<NDArray> rest = products.subList(done, products.size());
        OPS.run(scope, "sides", left, right, v, t, rest, start, (done + 1) * STRIP, STRIP).close();
        OPS.run(scope, "settle", symmetric, left, right, start, BLOCK).close();
        t.close();
      }
    }
    return new BlockTridiagonal(symmetric);
  }

  /**
   * Traces of {@code (A + s I)^-1}, the zeros' that fill up the width among them.
   *
   * @param shifts {@code s}, with which the matrix is positive definite
   */
  double[] tracesOfInverse(Workers workers, double[] shifts) {
    double[] traces = new double[shifts.length];
    workers.run(
        (shifts.length + BATCH - 1) / BATCH,
        batch -> {
          int first = batch * BATCH;
          double[] some = Arrays.copyOfRange(shifts, first, Math.min(shifts.length, first + BATCH));
          try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            double[] found =
                OPS.run(scope, "traces", matrix, scope.create(some), BLOCK).toDoubleArray();
            System.arraycopy(found, 0, traces, first, found.length);
          }
        });
    return traces;
  }

  int width() {
    return (int) matrix.getShape().get(0);
  }
}
