package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.layer.Layer;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.network.Condition;
import partita.models.op.TorchScript;

/**
 * {@code D_h}: one linear output for each label, of which the label's own is taken (Liu et al.,
 * section 3.1), or a single one without labels. Names: {@code fc.weight}, {@code fc.bias}.
 */
final class MaskedLogits extends Layer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def chosen(self: __torch__.Ops, logits: Tensor, labels: Tensor) -> Tensor:
              return torch.squeeze(torch.gather(logits, 1, torch.unsqueeze(labels, 1)), 1)
          """);

  private final Linear linear;
  private final boolean masked;

  /**
   * @param features width of the features
   * @param labels number of labels, 0 without
   */
  MaskedLogits(NDManager manager, long features, int labels) {
    super(manager);
    masked = labels > 0;
    linear = child("fc", new Linear(manager, features, Math.max(1, labels), Weighting.TORCH));
  }

  /** {@code [N, features]} to {@code [N]}. */
  NDArray forward(NDArray features, Condition condition, Mode mode) {
    NDArray logits = linear.forward(features, mode);
    return masked
        ? OPS.run(logits.getManager(), "chosen", logits, condition.labels())
        : logits.reshape(-1);
  }
}
