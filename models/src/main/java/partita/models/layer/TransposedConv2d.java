package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/**
 * The transposed convolution of DCGAN's generator (Radford et al., ICLR 2016): kernel 4, stride 2,
 * padding 1, the adjoint of a convolution that halves. Names: {@code weight} {@code [in, out, 4,
 * 4]} and {@code bias} {@code [out]}, which start as torch's do, uniform by the fan-in of the
 * adjoint, 16 out.
 */
public final class TransposedConv2d extends Layer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def double(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.conv_transpose2d(x, weight, bias, [2, 2], [1, 1])
          """);
  private static final int KERNEL = 4;

  private final NDArray weight;
  private final NDArray bias;

  public TransposedConv2d(NDManager manager, long in, long out) {
    super(manager);
    weight = parameter("weight", new Shape(in, out, KERNEL, KERNEL), Initializer.fanIn());
    double bound = 1 / Math.sqrt(out * KERNEL * KERNEL);
    bias = parameter("bias", new Shape(out), Initializer.uniform(bound));
  }

  /** {@code [N, in, H, W]} to {@code [N, out, 2H, 2W]}. */
  public NDArray forward(NDArray x) {
    return OPS.run(x.getManager(), "double", x, weight, bias);
  }
}
