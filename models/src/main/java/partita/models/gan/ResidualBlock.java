package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import partita.models.layer.Conv2d;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.layer.Weighting;
import partita.models.op.Activation;
import partita.models.op.TorchScript;

/**
 * Residual block without normalization (Mescheder et al., "Which training methods for GANs do
 * actually converge?", ICML 2018, appendix D): {@code shortcut(x) + 0.1 conv_1(a(conv_0(a(x))))}
 * with the leaky ReLU a of slope 0.2, {@code [N, in, H, W]} to {@code [N, out, H, W]}. The shortcut
 * {@code conv_s} is a 1x1 convolution where the channels change.
 */
final class ResidualBlock extends Layer {
  static final double SLOPE = 0.2;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def add(self: __torch__.Ops, shortcut: Tensor, branch: Tensor) -> Tensor:
              return torch.add(shortcut, branch, alpha=0.1)
          """);

  private final Conv2d conv0;
  private final Conv2d conv1;
  private final List<Conv2d> shortcut;

  ResidualBlock(NDManager manager, int in, int out) {
    super(manager);
    int hidden = Math.min(in, out);
    conv0 = child("conv_0", new Conv2d(manager, in, hidden, 3, Weighting.TORCH));
    conv1 = child("conv_1", new Conv2d(manager, hidden, out, 3, Weighting.TORCH));
    shortcut =
        in == out
            ? List.of()
            : List.of(
                child("conv_s", new Conv2d(manager, in, out, 1, Weighting.TORCH.withoutBias())));
  }

  NDArray forward(NDArray x, Mode mode) {
    return Scoped.of(
        () -> {
          NDArray h = conv0.forward(Activation.leakyRelu(x, SLOPE), mode);
          h = conv1.forward(Activation.leakyReluInPlace(h, SLOPE), mode);
          NDArray kept = x;
          for (Conv2d convolution : shortcut) {
            kept = convolution.forward(x, mode);
          }
          return OPS.run(h.getManager(), "add", kept, h);
        });
  }
}
