package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/**
 * Batch normalization of {@code [N, C, H, W]} by stored statistics alone, for networks whose
 * weights are imported and only evaluated. Names, those of torchvision: {@code weight}, {@code
 * bias}, and the buffers {@code running_mean}, {@code running_var}, all {@code [C]}.
 */
public final class FrozenBatchNorm extends Layer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def normalize(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, var: Tensor, eps: float) -> Tensor:
              return torch.batch_norm(x, weight, bias, mean, var, False, 0.1, eps, True)
            def convolve(self: __torch__.Ops, x: Tensor, kernel: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, var: Tensor, eps: float, stride: List[int], padding: List[int], rectify: bool) -> Tensor:
              scale = torch.mul(weight, torch.rsqrt(torch.add(var, eps)))
              shift = torch.sub(bias, torch.mul(mean, scale))
              scaled = torch.mul(kernel, torch.reshape(scale, [-1, 1, 1, 1]))
              y = torch.conv2d(x, scaled, shift, stride, padding)
              if rectify:
                z = torch.relu_(y)
              else:
                z = y
              return z
          """);

  private final NDArray weight;
  private final NDArray bias;
  private final NDArray mean;
  private final NDArray var;
  private final double epsilon;

  /** With torch's usual summand to the variance, 1e-5. */
  public FrozenBatchNorm(NDManager manager, long channels) {
    this(manager, channels, RunningStatistics.EPSILON);
  }

  /**
   * @param epsilon added to the variance
   */
  public FrozenBatchNorm(NDManager manager, long channels, double epsilon) {
    super(manager);
    Shape shape = new Shape(channels);
    weight = parameter("weight", shape, Initializer.ONES);
    bias = parameter("bias", shape, Initializer.ZEROS);
    mean = buffer("running_mean", shape, Initializer.ZEROS);
    var = buffer("running_var", shape, Initializer.ONES);
    this.epsilon = epsilon;
  }

  public NDArray forward(NDArray x) {
    return OPS.run(x.getManager(), "normalize", x, weight, bias, mean, var, epsilon);
  }

  /**
   * The normalization of a convolution's result, as one convolution: the kernel is scaled and a
   * bias takes the rest, so that the large activation is not read and written once more.
   *
   * @param convolution without bias
   */
  public NDArray after(FrozenConv2d convolution, NDArray x) {
    return run(convolution, x, false);
  }

  /** The same, then max(y, 0). */
  public NDArray rectifiedAfter(FrozenConv2d convolution, NDArray x) {
    return run(convolution, x, true);
  }

  private NDArray run(FrozenConv2d convolution, NDArray x, boolean rectify) {
    return OPS.run(
        x.getManager(),
        "convolve",
        x,
        convolution.weight(Mode.EVALUATION),
        weight,
        bias,
        mean,
        var,
        epsilon,
        convolution.stride(),
        convolution.padding(),
        rectify);
  }
}
