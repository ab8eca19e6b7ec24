package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Batch normalization of {@code [N, C, H, W]} with a learned gain and bias for each channel. */
public final class BatchNorm extends Layer {
  private final NDArray gain;
  private final NDArray bias;
  private final RunningStatistics statistics;

  /**
   * What the arrays are called, all {@code [C]}: two parameters, then two buffers.
   *
   * @param gain factor of the normalized values, at first 1
   * @param bias summand after it, at first 0
   * @param mean running mean
   * @param var running variance
   */
  private record Names(String gain, String bias, String mean, String var) {
    /** As BigGAN's official checkpoints have them. */
    static final Names BIGGAN = new Names("gain", "bias", "stored_mean", "stored_var");

    /** As torch has them. */
    static final Names TORCH = new Names("weight", "bias", "running_mean", "running_var");
  }

  /** With BigGAN's names. */
  public BatchNorm(NDManager manager, long channels) {
    this(manager, channels, Names.BIGGAN, RunningStatistics.MOMENTUM);
  }

  /** With torch's names. */
  public static BatchNorm torch(NDManager manager, long channels) {
    return torch(manager, channels, RunningStatistics.MOMENTUM);
  }

  /**
   * With torch's names.
   *
   * @param momentum part of the way that running statistics go towards those of a batch
   */
  public static BatchNorm torch(NDManager manager, long channels, double momentum) {
    return new BatchNorm(manager, channels, Names.TORCH, momentum);
  }

  private BatchNorm(NDManager manager, long channels, Names names, double momentum) {
    super(manager);
    Shape shape = new Shape(channels);
    gain = parameter(names.gain(), shape, Initializer.ONES);
    bias = parameter(names.bias(), shape, Initializer.ZEROS);
    statistics =
        new RunningStatistics(
            buffer(names.mean(), shape, Initializer.ZEROS),
            buffer(names.var(), shape, Initializer.ONES),
            momentum);
  }

  public NDArray forward(NDArray x, Mode mode) {
    return statistics.normalize(x, gain, bias, mode);
  }
}
