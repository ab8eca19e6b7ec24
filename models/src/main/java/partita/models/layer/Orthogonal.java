package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.OwnMemory;
import partita.models.op.TorchScript;
import partita.models.random.CounterRandom;

/** Orthonormal matrices, uniformly distributed: the Q factor of a Gaussian matrix. */
final class Orthogonal {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def orthonormal(self: __torch__.Ops, gaussian: Tensor) -> Tensor:
              q, r = torch.linalg_qr(gaussian)
              return torch.mul(q, torch.sign(torch.diagonal(r)))
          """);

  private Orthogonal() {}

  /** The signs of R's diagonal are made positive, which makes Q unique and its law uniform. */
  static NDArray create(NDManager manager, Shape shape, CounterRandom random) {
    long rows = shape.get(0);
    long columns = shape.slice(1).size();
    float[] values = new float[Math.toIntExact(rows * columns)];
    random.normals(0, 0, values, 0, values.length);
    NDArray gaussian = OwnMemory.of(manager, values, new Shape(rows, columns));
    boolean wide = rows < columns;
    NDArray q = OPS.run(manager, "orthonormal", wide ? gaussian.transpose() : gaussian);
    return (wide ? q.transpose() : q).reshape(shape);
  }
}
