package partita.models.loss;

import ai.djl.ndarray.NDArray;
import partita.models.op.TorchScript;

/**
 * Hinge loss of adversarial training (Lim and Ye 2017; BigGAN): the discriminator wants scores of
 * real images above 1 and of generated ones below -1, the generator wants its images scored high.
 */
public final class HingeLoss {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def real(self: __torch__.Ops, scores: Tensor) -> Tensor:
              return torch.mean(torch.relu(torch.rsub(scores, 1.)))
            def fake(self: __torch__.Ops, scores: Tensor) -> Tensor:
              return torch.mean(torch.relu(torch.add(scores, 1.)))
            def generator(self: __torch__.Ops, scores: Tensor) -> Tensor:
              return torch.neg(torch.mean(scores))
          """);

  private HingeLoss() {}

  /**
   * The discriminator's loss on real images: mean of max(0, 1 - score). Scores are {@code [N, 1]}.
   */
  public static NDArray onReal(NDArray scores) {
    return OPS.run(scores.getManager(), "real", scores);
  }

  /** The discriminator's loss on generated images: mean of max(0, 1 + score). */
  public static NDArray onFake(NDArray scores) {
    return OPS.run(scores.getManager(), "fake", scores);
  }

  /** The generator's loss: minus the mean score of its images. */
  public static NDArray ofGenerator(NDArray scores) {
    return OPS.run(scores.getManager(), "generator", scores);
  }
}
