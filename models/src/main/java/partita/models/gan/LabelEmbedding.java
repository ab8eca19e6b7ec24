package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.layer.Embedding;
import partita.models.layer.Initializer;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.op.TorchScript;

/**
 * What a generator that is conditioned on a label starts from: z and beside it the label's vector,
 * scaled to length 1 (Liu et al., section 4.1). Name: {@code embedding.weight} {@code [labels,
 * width]}, at first standard normal.
 */
final class LabelEmbedding extends Layer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def beside(self: __torch__.Ops, z: Tensor, embedded: Tensor) -> Tensor:
              length = torch.norm(embedded, 2, [1], True)
              return torch.cat([z, torch.div(embedded, length)], 1)
          """);

  private final Embedding embedding;

  LabelEmbedding(NDManager manager, int labels, int width) {
    super(manager);
    Weighting normal = new Weighting(Initializer.normal(1), false, false);
    embedding = child("embedding", new Embedding(manager, labels, width, normal));
  }

  /**
   * {@code [N, latent]} to {@code [N, latent + width]}.
   *
   * @param labels int64 {@code [N]} in [0, labels)
   */
  NDArray forward(NDArray z, NDArray labels, Mode mode) {
    return OPS.run(z.getManager(), "beside", z, embedding.forward(labels, mode));
  }
}
