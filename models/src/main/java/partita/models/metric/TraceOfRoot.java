package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import partita.models.op.TorchScript;
import partita.models.op.Workers;

/**
 * {@code tr (C1 C2)^(1/2)} of two covariances in float64: the sum of the roots of the eigenvalues
 * of the symmetric {@code A' C2 A}, where {@code A A' = C1}. {@code A} is the Cholesky factor; when
 * {@code C1} has not full rank, {@code A} has its eigenvectors of nonzero eigenvalues only. A
 * general matrix root would lose half the digits there.
 *
 * <p>The eigenvalues themselves are not needed: a {@link RootSum} of the matrix has the roots' sum
 * as its trace, and asks for inverses of a {@link BlockTridiagonal} matrix only.
 */
public final class TraceOfRoot {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def cholesky(self: __torch__.Ops, matrix: Tensor) -> List[Tensor]:
              factor, info, = torch.linalg_cholesky_ex(matrix)
              return [factor, info]
            def scale(self: __torch__.Ops, c1: Tensor, c2: Tensor) -> Tensor:
              return torch.mul(torch.linalg_norm(c1), torch.linalg_norm(c2))
            def deficient(self: __torch__.Ops, product: Tensor, matrix: Tensor, c: Tensor, rounding: float) -> Tensor:
              values, vectors, = torch.linalg_eigh(matrix)
              nonzero = torch.gt(values, torch.mul(torch.max(values), rounding))
              a = torch.mul(vectors, torch.sqrt(torch.mul(values, nonzero)))
              width = torch.size(matrix, 0)
              target = torch.narrow(torch.narrow(product, 0, 0, width), 1, 0, width)
              return torch.copy_(target, torch.mm(torch.t(a), torch.mm(c, a)))
            def right(self: __torch__.Ops, right: Tensor, a: Tensor, c: Tensor, first: int, count: int) -> Tensor:
              rest = torch.sub(torch.size(a, 0), first)
              below = torch.narrow(torch.narrow(a, 0, first, rest), 1, first, count)
              target = torch.narrow(right, 1, first, count)
              return torch.addmm_(target, torch.narrow(c, 1, first, rest), below, beta=0, alpha=1)
            def left(self: __torch__.Ops, right: Tensor, a: Tensor, product: Tensor, first: int, count: int) -> Tensor:
              rest = torch.sub(torch.size(a, 0), first)
              columns = torch.add(first, count)
              below = torch.narrow(torch.narrow(a, 0, first, rest), 1, first, count)
              side = torch.narrow(torch.narrow(right, 0, first, rest), 1, 0, columns)
              target = torch.narrow(torch.narrow(product, 0, first, count), 1, 0, columns)
              return torch.addmm_(target, torch.t(below), side, beta=0, alpha=1)
          """);

  /** Columns of a triangle that are multiplied at a time: zeros beyond them are not. */
  private static final int STRIP = BlockTridiagonal.STRIP;

  private TraceOfRoot() {}

  /**
   * The trace for two positive semidefinite matrices {@code [D, D]} float64.
   *
   * @param c1 the one of lower rank, if one is: the other's zeros cost the trace a few of its
   *     digits
   * @throws IllegalArgumentException when a value is not finite, or their product is not
   */
  public static double of(NDArray c1, NDArray c2) {
    int width = (int) c1.getShape().get(0);
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      double scale = OPS.run(scope, "scale", c1, c2).getDouble();
      if (!Double.isFinite(scale)) {
        throw new IllegalArgumentException(
            "Cannot take the trace of the root of two covariances: the product of their norms is %s, expected a finite number; check the features for values beyond all others"
                .formatted(scale));
      } else if (scale == 0) {
        return 0;
      }
      NDArray product = BlockTridiagonal.zeros(scope, width);
      List<NDArray> cholesky = OPS.runForList(scope, "cholesky", c1);
      boolean full = cholesky.get(1).getInt() == 0;
      if (!full) {
        OPS.run(scope, "deficient", product, c1, c2, width * Math.ulp(1.0)).close();
      }
      try (Workers workers = Workers.start()) {
        if (full) {
          triangular(workers, product, cholesky.get(0), c2);
        }
        RootSum root = RootSum.over(rounding(width) * scale, scale);
        return trace(workers, BlockTridiagonal.of(workers, product), root);
      }
    }
  }

  /**
   * The smallest eigenvalue whose root is exact, by the product of the norms, which none exceeds:
   * below are few digits left, and zeros may have become negative, which the least shift, about a
   * fiftieth of this, has to outweigh.
   */
  private static double rounding(int width) {
    return (512 + 2 * width) * Math.ulp(1.0);
  }

  /**
   * {@code A' C A} for a lower triangle {@code A}, of which only the lower triangle is computed: a
   * third of the work of two products.
   */
  private static void triangular(
      Workers workers, NDArray product, NDArray lower, NDArray covariance) {
    int width = (int) lower.getShape().get(0);
    NDManager scope = lower.getManager();
    NDArray right = scope.create(lower.getShape(), DataType.FLOAT64);
    for (String side : List.of("right", "left")) {
      workers.run(
          (width + STRIP - 1) / STRIP,
          strip -> {
            int first = strip * STRIP;
            int count = Math.min(STRIP, width - first);
            NDArray other = side.equals("right") ? covariance : product;
            OPS.run(scope, side, right, lower, other, first, count).close();
          });
    }
  }

  private static double trace(Workers workers, BlockTridiagonal matrix, RootSum root) {
    double[] inverses = matrix.tracesOfInverse(workers, root.shifts());
    double trace = 0;
    for (int i = 0; i < inverses.length; i++) {
      trace += root.weights()[i] * (matrix.width() - root.shifts()[i] * inverses[i]);
    }
    return trace;
  }
}
