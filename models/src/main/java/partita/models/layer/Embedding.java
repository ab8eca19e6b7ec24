package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/**
 * One vector for each of {@code rows} labels: int64 {@code [N]} to {@code [N, width]}. Spectral
 * normalization sees the table as a matrix {@code [rows, width]}.
 */
public final class Embedding extends WeightedLayer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def embed(self: __torch__.Ops, weight: Tensor, labels: Tensor) -> Tensor:
              return torch.embedding(weight, labels)
          """);

  public Embedding(NDManager manager, long rows, long width, Weighting weighting) {
    super(manager, weighting.withoutBias(), new Shape(rows, width));
  }

  public NDArray forward(NDArray labels, Mode mode) {
    return OPS.run(labels.getManager(), "embed", weight(mode), labels);
  }
}
