package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Batch normalization of {@code [N, C, H, W]} with a learned gain and bias for each channel. Names:
 * {@code gain}, {@code bias}, and the buffers {@code stored_mean}, {@code stored_var}, all {@code
 * [C]}.
 */
public final class BatchNorm extends Layer {
  private final NDArray gain;
  private final NDArray bias;
  private final RunningStatistics statistics;

  public BatchNorm(NDManager manager, long channels) {
    super(manager);
    Shape shape = new Shape(channels);
    gain = parameter("gain", shape, Initializer.ONES);
    bias = parameter("bias", shape, Initializer.ZEROS);
    statistics =
        new RunningStatistics(
            buffer("stored_mean", shape, Initializer.ZEROS),
            buffer("stored_var", shape, Initializer.ONES));
  }

  public NDArray forward(NDArray x, Mode mode) {
    return statistics.normalize(x, gain, bias, mode);
  }
}
