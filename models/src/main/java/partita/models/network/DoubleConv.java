package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.layer.FrozenBatchNorm;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Layer;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Activation;

/**
 * Block of {@link UNet}: twice a 3x3 convolution with bias {@code convN.0}, batch normalization
 * {@code convN.1} and ReLU.
 */
final class DoubleConv extends Layer {
  private final FrozenConv2d firstConv;
  private final FrozenBatchNorm firstNorm;
  private final FrozenConv2d secondConv;
  private final FrozenBatchNorm secondNorm;

  DoubleConv(NDManager manager, int in, int out) {
    super(manager);
    firstConv = child("conv1.0", convolution(in, out));
    firstNorm = child("conv1.1", new FrozenBatchNorm(manager, out));
    secondConv = child("conv2.0", convolution(out, out));
    secondNorm = child("conv2.1", new FrozenBatchNorm(manager, out));
  }

  private FrozenConv2d convolution(int in, int out) {
    return new FrozenConv2d(manager(), in, out, Window.square(3), Weighting.PLAIN);
  }

  /** {@code [N, in, H, W]} to {@code [N, out, H, W]}. */
  NDArray forward(NDArray x) {
    NDArray h = Activation.reluInPlace(firstNorm.forward(firstConv.forward(x)));
    return Activation.reluInPlace(secondNorm.forward(secondConv.forward(h)));
  }
}
