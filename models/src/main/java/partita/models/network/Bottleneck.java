package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import partita.models.layer.FrozenBatchNorm;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Layer;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Activation;

/**
 * Residual block of three convolutions, 1x1, 3x3 and 1x1 (He et al., CVPR 2016, figure 5 right),
 * each with batch normalization. The stride is that of the 3x3 convolution, as in torchvision and
 * unlike the paper ("ResNet v1.5"). The shortcut is a normalized 1x1 convolution where the shape
 * changes.
 */
final class Bottleneck extends Layer {
  private final Normalized reduce;
  private final Normalized spatial;
  private final Normalized expand;
  private final @Nullable Normalized downsample;

  private record Normalized(FrozenConv2d convolution, FrozenBatchNorm norm) {
    NDArray forward(NDArray x) {
      return norm.after(convolution, x);
    }

    NDArray rectified(NDArray x) {
      return norm.rectifiedAfter(convolution, x);
    }
  }

  /**
   * @param in channels it gets
   * @param width channels of the 3x3 convolution; it gives four times as many
   */
  Bottleneck(NDManager manager, long in, long width, int stride) {
    super(manager);
    long out = width * ResNetConfig.EXPANSION;
    reduce = normalized("conv1", "bn1", in, width, 1, 1);
    spatial = normalized("conv2", "bn2", width, width, 3, stride);
    expand = normalized("conv3", "bn3", width, out, 1, 1);
    downsample =
        stride == 1 && in == out
            ? null
            : normalized("downsample.0", "downsample.1", in, out, 1, stride);
  }

  private Normalized normalized(
      String convolution, String norm, long in, long out, int kernel, int stride) {
    Weighting weighting = Weighting.PLAIN.withoutBias();
    Window window = Window.square(kernel).withStride(stride);
    return new Normalized(
        child(convolution, new FrozenConv2d(manager(), in, out, window, weighting)),
        child(norm, new FrozenBatchNorm(manager(), out)));
  }

  /** {@code [N, in, H, W]} to {@code [N, 4 width, H / stride, W / stride]}. */
  NDArray forward(NDArray x) {
    NDArray h = spatial.rectified(reduce.rectified(x));
    NDArray shortcut = Optional.ofNullable(downsample).map(d -> d.forward(x)).orElse(x);
    return Activation.reluInPlace(expand.forward(h).addi(shortcut));
  }
}
