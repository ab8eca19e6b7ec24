package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import partita.models.layer.Conv2d;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.layer.Weighting;
import partita.models.op.Activation;
import partita.models.op.Resampling;

/**
 * Residual block of BigGAN's discriminator (appendix B, figure 15c), wide: {@code [N, in, H, W]} to
 * {@code [N, out, H, W]} or half of H and W. The first block of the network sees the image itself,
 * so it does not start with a ReLU.
 */
final class DiscriminatorBlock extends Layer {
  private final Conv2d conv1;
  private final Conv2d conv2;
  private final List<Conv2d> shortcut;
  private final boolean first;
  private final boolean halves;

  DiscriminatorBlock(NDManager manager, BigGanConfig.Block block, boolean first) {
    super(manager);
    this.first = first;
    this.halves = block.resample();
    conv1 = child("conv1", new Conv2d(manager, block.in(), block.out(), 3, Weighting.SPECTRAL));
    conv2 = child("conv2", new Conv2d(manager, block.out(), block.out(), 3, Weighting.SPECTRAL));
    shortcut =
        halves || block.in() != block.out()
            ? List.of(
                child(
                    "conv_sc", new Conv2d(manager, block.in(), block.out(), 1, Weighting.SPECTRAL)))
            : List.of();
  }

  NDArray forward(NDArray x, Mode mode) {
    return Scoped.of(
        () -> {
          NDArray h = conv1.forward(first ? x : Activation.relu(x), mode);
          h = Activation.reluInPlace(h);
          h = halves ? conv2.forwardHalved(h, mode) : conv2.forward(h, mode);
          return h.addi(shortcut(x, mode));
        });
  }

  /**
   * A 1x1 convolution commutes with averaging pixels; after it, the convolution costs a quarter.
   */
  private NDArray shortcut(NDArray x, Mode mode) {
    NDArray kept = halves ? Resampling.halved(x) : x;
    for (Conv2d convolution : shortcut) {
      kept = convolution.forward(kept, mode);
    }
    return kept;
  }
}
