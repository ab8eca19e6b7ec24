package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/**
 * Convolution with zero padding on all sides of half the kernel: an odd kernel keeps the size at
 * stride 1, an even one halves it at stride 2. An odd kernel optionally with halving after it or
 * doubling before it.
 */
public final class Conv2d extends WeightedLayer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def convolve(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: List[Tensor], stride: int, padding: int) -> Tensor:
              if torch.eq(torch.len(bias), 0):
                y = torch.conv2d(x, weight, None, [stride, stride], [padding, padding])
              else:
                y = torch.conv2d(x, weight, bias[0], [stride, stride], [padding, padding])
              return y
            def convolve_halving(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: List[Tensor], padding: int) -> Tensor:
              averaging = torch.avg_pool2d(weight, [2, 2], [1, 1], [1, 1])
              if torch.eq(torch.len(bias), 0):
                y = torch.conv2d(x, averaging, None, [2, 2], [padding, padding])
              else:
                y = torch.conv2d(x, averaging, bias[0], [2, 2], [padding, padding])
              return y
            def convolve_doubled(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: List[Tensor], padding: int) -> Tensor:
              adjoint = torch.flip(torch.transpose(weight, 0, 1), [2, 3])
              repeating = torch.mul(torch.avg_pool2d(adjoint, [2, 2], [1, 1], [1, 1]), 4)
              if torch.eq(torch.len(bias), 0):
                y = torch.conv_transpose2d(x, repeating, None, [2, 2], [padding, padding])
              else:
                y = torch.conv_transpose2d(x, repeating, bias[0], [2, 2], [padding, padding])
              return y
          """);

  private final long stride;
  private final long padding;

  /**
   * Stride 1.
   *
   * @param kernel side of the square kernel, odd
   */
  public Conv2d(NDManager manager, long in, long out, int kernel, Weighting weighting) {
    this(manager, in, out, kernel, 1, weighting);
  }

  /**
   * @param kernel side of the square kernel
   * @param stride distance in pixels of the positions that are kept
   */
  public Conv2d(NDManager manager, long in, long out, int kernel, int stride, Weighting weighting) {
    super(manager, weighting, new Shape(out, in, kernel, kernel));
    this.stride = stride;
    this.padding = (kernel - 1) / 2;
  }

  /**
   * {@code [N, in, H, W]} to {@code [N, out, H', W']}, the sizes divided by the stride and rounded
   * up, or down for an even kernel.
   */
  public NDArray forward(NDArray x, Mode mode) {
    return OPS.run(x.getManager(), "convolve", x, weight(mode), bias(), stride, padding);
  }

  /**
   * The convolution followed by averaging over 2x2 pixels, {@code [N, out, H / 2, W / 2]}: as one
   * convolution of stride 2 whose kernel is larger by one, with less than half of the arithmetic.
   */
  public NDArray forwardHalved(NDArray x, Mode mode) {
    return OPS.run(x.getManager(), "convolve_halving", x, weight(mode), bias(), padding);
  }

  /**
   * The convolution preceded by repeating each pixel 2x2, {@code [N, out, 2H, 2W]}: as one
   * transposed convolution of stride 2 whose kernel is larger by one, with less than half of the
   * arithmetic. It is the adjoint of {@link #forwardHalved} but for a factor of 4.
   */
  public NDArray forwardDoubled(NDArray x, Mode mode) {
    return OPS.run(x.getManager(), "convolve_doubled", x, weight(mode), bias(), padding);
  }
}
