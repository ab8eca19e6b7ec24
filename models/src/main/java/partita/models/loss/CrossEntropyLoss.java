package partita.models.loss;

import ai.djl.ndarray.NDArray;
import partita.models.op.TorchScript;

/** Cross entropy of classification. */
public final class CrossEntropyLoss {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def loss(self: __torch__.Ops, logits: Tensor, labels: Tensor) -> Tensor:
              return torch.cross_entropy_loss(logits, labels)
          """);

  private CrossEntropyLoss() {}

  /**
   * Mean over the batch of -log softmax(logits)[label], in nats.
   *
   * @param logits {@code [N, classes]}
   * @param labels int64 {@code [N]}
   */
  public static NDArray of(NDArray logits, NDArray labels) {
    return OPS.run(logits.getManager(), "loss", logits, labels);
  }
}
