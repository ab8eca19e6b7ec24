package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/**
 * Convolution by any {@link Window}, for networks whose weights are imported and only evaluated,
 * optionally followed by ReLU in the same native call. Names: {@code weight} {@code [out, in,
 * height, width]}, {@code bias} {@code [out]}.
 */
public final class FrozenConv2d extends WeightedLayer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def convolve(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: List[Tensor], stride: List[int], padding: List[int], rectify: bool) -> Tensor:
              if torch.eq(torch.len(bias), 0):
                y = torch.conv2d(x, weight, None, stride, padding)
              else:
                y = torch.conv2d(x, weight, bias[0], stride, padding)
              if rectify:
                z = torch.relu_(y)
              else:
                z = y
              return z
          """);

  private final Window window;

  public FrozenConv2d(NDManager manager, long in, long out, Window window, Weighting weighting) {
    super(manager, weighting, new Shape(out, in, window.height(), window.width()));
    this.window = window;
  }

  /** {@code [N, in, H, W]} to {@code [N, out, H', W']}. */
  public NDArray forward(NDArray x) {
    return run(x, false);
  }

  /** The same, then max(y, 0). */
  public NDArray rectified(NDArray x) {
    return run(x, true);
  }

  private NDArray run(NDArray x, boolean rectify) {
    return OPS.run(
        x.getManager(),
        "convolve",
        x,
        weight(Mode.EVALUATION),
        bias(),
        stride(),
        padding(),
        rectify);
  }

  long[] stride() {
    return new long[] {window.stride(), window.stride()};
  }

  long[] padding() {
    return new long[] {window.above(), window.beside()};
  }
}
