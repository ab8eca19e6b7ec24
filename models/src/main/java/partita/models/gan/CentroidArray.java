package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import partita.models.op.OwnMemory;
import partita.models.op.TorchScript;
import partita.models.row.RowSource;

/** Centroids as a float64 array, and the nearest of them. */
final class CentroidArray {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def nearest(self: __torch__.Ops, features: Tensor, centroids: Tensor) -> Tensor:
              f = torch.to(features, 7)
              lengths = torch.sum(torch.square(centroids), 1)
              return torch.argmin(torch.addmm(lengths, f, torch.t(centroids), beta=1, alpha=-2), 1)
          """);

  private CentroidArray() {}

  /** An array {@code [k, width]} that lives as long as the manager. */
  static NDArray of(NDManager manager, RowSource centroids) {
    int k = Math.toIntExact(centroids.rows());
    FloatBuffer values = FloatBuffer.allocate(k * centroids.width());
    centroids.read(0, k, values);
    double[] wide = new double[values.capacity()];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values.get(i);
    }
    NDArray array = OwnMemory.of(manager, wide, new Shape(k, centroids.width()));
    NDScope.unregister(array);
    return array;
  }

  /**
   * Index of the centroid at the least Euclidean distance, int64 {@code [N]}; of equals the
   * smallest.
   *
   * @param features float32 {@code [N, width]}
   */
  static NDArray nearest(NDArray features, NDArray centroids) {
    if (features.getShape().get(1) != centroids.getShape().get(1)) {
      throw new IllegalArgumentException(
          "Cannot label features of %d dimensions by centroids of %d; cluster the features of this discriminator"
              .formatted(features.getShape().get(1), centroids.getShape().get(1)));
    }
    return OPS.run(features.getManager(), "nearest", features, centroids);
  }
}
