package partita.models.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import partita.models.op.Gradients;
import partita.models.op.TorchScript;

/**
 * R1 (Mescheder et al., "Which training methods for GANs do actually converge?", ICML 2018,
 * equation 9): a discriminator is to be flat at the real samples. Differentiating twice leaves
 * nothing behind: {@code bench --only=r1-memory} shows the resident memory.
 */
public final class GradientPenalty {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def penalty(self: __torch__.Ops, gradient: Tensor, scores: int) -> Tensor:
              return torch.div(torch.sum(torch.square(gradient)), scores)
          """);

  private GradientPenalty() {}

  /**
   * Mean over the scores of the squared length of {@code d score / d x}, without the paper's factor
   * 1/2; differentiable.
   *
   * @param scores {@code [N]}, computed from {@code x} with gradients recorded
   * @param x {@code [N, ...]} or, where m samples make one score, {@code [m N, ...]}; requires a
   *     gradient
   */
  public static NDArray of(NDArray scores, NDArray x) {
    NDArray gradient = Gradients.differentiable(scores.sum(), List.of(x)).get(0);
    return OPS.run(scores.getManager(), "penalty", gradient, scores.getShape().get(0));
  }
}
