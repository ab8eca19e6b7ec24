package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.layer.ConditionalBatchNorm;
import partita.models.layer.Conv2d;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.layer.Weighting;
import partita.models.op.Activation;
import partita.models.op.Resampling;

/**
 * Residual block of BigGAN's generator (appendix B, figure 15b): {@code [N, in, H, W]} to {@code
 * [N, out, 2H, 2W]}, each of its two convolutions preceded by conditional batch normalization and
 * ReLU.
 */
final class GeneratorBlock extends Layer {
  private final Conv2d conv1;
  private final Conv2d conv2;
  private final Conv2d shortcut;
  private final ConditionalBatchNorm bn1;
  private final ConditionalBatchNorm bn2;

  GeneratorBlock(NDManager manager, long in, long out, long modulationWidth) {
    super(manager);
    conv1 = child("conv1", new Conv2d(manager, in, out, 3, Weighting.SPECTRAL));
    conv2 = child("conv2", new Conv2d(manager, out, out, 3, Weighting.SPECTRAL));
    shortcut = child("conv_sc", new Conv2d(manager, in, out, 1, Weighting.SPECTRAL));
    bn1 = child("bn1", new ConditionalBatchNorm(manager, in, modulationWidth));
    bn2 = child("bn2", new ConditionalBatchNorm(manager, out, modulationWidth));
  }

  /**
   * @param y modulation {@code [N, modulationWidth]}
   */
  NDArray forward(NDArray x, NDArray y, Mode mode) {
    return Scoped.of(
        () -> {
          NDArray h = Activation.reluInPlace(bn1.forward(x, y, mode));
          h = conv1.forwardDoubled(h, mode);
          h = Activation.reluInPlace(bn2.forward(h, y, mode));
          h = conv2.forward(h, mode);
          // A 1x1 convolution commutes with repeating pixels; before, it costs a quarter.
          return h.addi(Resampling.doubled(shortcut.forward(x, mode)));
        });
  }
}
