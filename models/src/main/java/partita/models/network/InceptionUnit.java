package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.layer.FrozenBatchNorm;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Layer;
import partita.models.layer.Weighting;
import partita.models.layer.Window;

/** Convolution {@code conv} without bias, batch normalization {@code bn}, ReLU. */
final class InceptionUnit extends Layer {
  /** Added to the variance: not torch's usual value. */
  private static final double EPSILON = 1e-3;

  private final int channels;
  private final FrozenConv2d convolution;
  private final FrozenBatchNorm norm;

  InceptionUnit(NDManager manager, int in, int out, Window window) {
    super(manager);
    channels = out;
    convolution =
        child("conv", new FrozenConv2d(manager, in, out, window, Weighting.PLAIN.withoutBias()));
    norm = child("bn", new FrozenBatchNorm(manager, out, EPSILON));
  }

  /** Channels of its output. */
  int channels() {
    return channels;
  }

  NDArray forward(NDArray x) {
    return norm.rectifiedAfter(convolution, x);
  }
}
