package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Conditional batch normalization (de Vries et al. 2017; BigGAN, appendix B): gain 1 + y Wg' and
 * bias y Wb' are spectrally normalized linear functions of a conditioning vector y {@code [N,
 * width]}. x is {@code [N, C, H, W]}.
 */
public final class ConditionalBatchNorm extends Layer {
  private final Linear gain;
  private final Linear bias;
  private final RunningStatistics statistics;

  public ConditionalBatchNorm(NDManager manager, long channels, long width) {
    super(manager);
    Weighting weighting = Weighting.SPECTRAL.withoutBias();
    gain = child("gain", new Linear(manager, width, channels, weighting));
    bias = child("bias", new Linear(manager, width, channels, weighting));
    Shape shape = new Shape(channels);
    statistics =
        new RunningStatistics(
            buffer("stored_mean", shape, Initializer.ZEROS),
            buffer("stored_var", shape, Initializer.ONES));
  }

  public NDArray forward(NDArray x, NDArray y, Mode mode) {
    return statistics.modulate(x, gain.forward(y, mode), bias.forward(y, mode), mode);
  }
}
