package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Optional;
import partita.models.op.TorchScript;
import partita.models.op.Workers;

/**
 * {@code tr (C1 C2)^(1/2)} of two covariances in float64: the sum of the roots of the eigenvalues
 * of the symmetric {@code A' C2 A}, where {@code A A' = C1}. {@code A} is the Cholesky factor; when
 * {@code C1} has not full rank, the two change places, as the trace does not tell them apart; when
 * neither has, {@code A} comes from eigenvectors. A general matrix root would lose half the digits
 * there.
 */
public final class TraceOfRoot {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def cholesky(self: __torch__.Ops, matrix: Tensor) -> List[Tensor]:
              factor, info, = torch.linalg_cholesky_ex(matrix)
              return [factor, info]
            def eigenvectors(self: __torch__.Ops, matrix: Tensor) -> List[Tensor]:
              values, vectors, = torch.linalg_eigh(matrix)
              return [values, vectors]
            def right(self: __torch__.Ops, product: Tensor, c: Tensor, a: Tensor, first: int, strip: int) -> Tensor:
              rest = torch.sub(torch.size(a, 0), first)
              below = torch.narrow(torch.narrow(a, 0, first, rest), 1, first, strip)
              target = torch.narrow(product, 1, first, strip)
              return torch.copy_(target, torch.mm(torch.narrow(c, 1, first, rest), below))
            def left(self: __torch__.Ops, product: Tensor, a: Tensor, ca: Tensor, first: int, strip: int) -> Tensor:
              rest = torch.sub(torch.size(a, 0), first)
              columns = torch.add(first, strip)
              below = torch.narrow(torch.narrow(a, 0, first, rest), 1, first, strip)
              right = torch.narrow(torch.narrow(ca, 0, first, rest), 1, 0, columns)
              target = torch.narrow(torch.narrow(product, 0, first, strip), 1, 0, columns)
              return torch.copy_(target, torch.mm(torch.t(below), right))
            def eigenvalues(self: __torch__.Ops, matrix: Tensor) -> Tensor:
              return torch.linalg_eigvalsh(matrix)
          """);

  /** Columns of a triangle that are multiplied at a time: zeros beyond them are not. */
  private static final int STRIP = 256;

  private TraceOfRoot() {}

  /** The trace for two positive semidefinite matrices {@code [D, D]}, row-major. */
  public static double of(double[] c1, double[] c2, int width) {
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray first = matrix(scope, c1, width);
      NDArray second = matrix(scope, c2, width);
      Optional<NDArray> factor = cholesky(first);
      Optional<NDArray> other = factor.isPresent() ? Optional.empty() : cholesky(second);
      NDArray product =
          factor
              .map(lower -> triangular(lower, second))
              .or(() -> other.map(lower -> triangular(lower, first)))
              .orElseGet(() -> product(fromEigenvectors(first), second));
      double[] eigenvalues = eigenvalues(product);
      double rounding = rounding(eigenvalues);
      double trace = 0;
      for (double value : eigenvalues) {
        trace += value > rounding ? Math.sqrt(value) : 0;
      }
      return trace;
    }
  }

  /**
   * {@code A' C A} for a lower triangle {@code A}, of which only the lower triangle is computed: a
   * third of the work of two products.
   */
  private static NDArray triangular(NDArray lower, NDArray covariance) {
    NDManager manager = lower.getManager();
    int width = (int) lower.getShape().get(0);
    NDArray right = manager.zeros(lower.getShape(), DataType.FLOAT64);
    NDArray product = manager.zeros(lower.getShape(), DataType.FLOAT64);
    int strips = (width + STRIP - 1) / STRIP;
    Workers.forEach(
        strips,
        strip -> {
          int first = strip * STRIP;
          int columns = Math.min(STRIP, width - first);
          OPS.run(manager, "right", right, covariance, lower, first, columns).close();
        });
    Workers.forEach(
        strips,
        strip -> {
          int first = strip * STRIP;
          int rows = Math.min(STRIP, width - first);
          OPS.run(manager, "left", product, lower, right, first, rows).close();
        });
    return product;
  }

  /**
   * By one native thread: a reduction to tridiagonal form waits for all threads at each of its D
   * columns, and two of them were seen to take longer.
   */
  private static double[] eigenvalues(NDArray symmetric) {
    double[] eigenvalues = new double[(int) symmetric.getShape().get(0)];
    Workers.forEach(
        1,
        all -> {
          try (NDArray found = OPS.run(symmetric.getManager(), "eigenvalues", symmetric)) {
            System.arraycopy(found.toDoubleArray(), 0, eigenvalues, 0, eigenvalues.length);
          }
        });
    return eigenvalues;
  }

  private static NDArray product(NDArray root, NDArray covariance) {
    return root.transpose().matMul(covariance).matMul(root);
  }

  /** The lower factor, unless the matrix has not full rank. */
  private static Optional<NDArray> cholesky(NDArray covariance) {
    List<NDArray> found = OPS.runForList(covariance.getManager(), "cholesky", covariance);
    return found.get(1).getInt() == 0 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static NDArray fromEigenvectors(NDArray covariance) {
    List<NDArray> eigen = OPS.runForList(covariance.getManager(), "eigenvectors", covariance);
    double[] values = eigen.get(0).toDoubleArray();
    double rounding = rounding(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] > rounding ? Math.sqrt(values[i]) : 0;
    }
    return eigen.get(1).mul(covariance.getManager().create(values));
  }

  /** Eigenvalues up to this are zero in exact arithmetic, as far as float64 can tell. */
  private static double rounding(double[] eigenvalues) {
    double largest = 0;
    for (double value : eigenvalues) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest * eigenvalues.length * Math.ulp(1.0);
  }

  private static NDArray matrix(NDManager scope, double[] values, int width) {
    return scope.create(DoubleBuffer.wrap(values), new Shape(width, width), DataType.FLOAT64);
  }
}
