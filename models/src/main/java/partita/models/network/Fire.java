package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Layer;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Concatenation;

/**
 * Block of {@link SqueezeNet}: few channels by a 1x1 convolution, then a 1x1 and a 3x3 convolution
 * of them side by side, each with ReLU.
 */
final class Fire extends Layer {
  private final FrozenConv2d squeeze;
  private final FrozenConv2d expand1x1;
  private final FrozenConv2d expand3x3;

  /**
   * @param squeezed channels in between
   * @param expanded channels of each of the two results
   */
  Fire(NDManager manager, int in, int squeezed, int expanded) {
    super(manager);
    squeeze = child("squeeze", convolution(in, squeezed, 1));
    expand1x1 = child("expand1x1", convolution(squeezed, expanded, 1));
    expand3x3 = child("expand3x3", convolution(squeezed, expanded, 3));
  }

  private FrozenConv2d convolution(int in, int out, int side) {
    return new FrozenConv2d(manager(), in, out, Window.square(side), Weighting.PLAIN);
  }

  /** {@code [N, in, H, W]} to {@code [N, 2 expanded, H, W]}. */
  NDArray forward(NDArray x) {
    NDArray squeezed = squeeze.rectified(x);
    return Concatenation.ofColumns(
        List.of(expand1x1.rectified(squeezed), expand3x3.rectified(squeezed)));
  }
}
