package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import partita.models.layer.Initializer;
import partita.models.layer.Layer;
import partita.models.op.Concatenation;
import partita.models.op.TorchScript;

/**
 * Block of {@link UNet}: a transposed convolution {@code up} of kernel 2 and stride 2 with half the
 * channels, behind those of the level beside it, and a {@link DoubleConv} of both.
 */
final class UpBlock extends Layer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def double(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.conv_transpose2d(x, weight, bias, [2, 2])
          """);
  private static final int KERNEL = 2;

  private final NDArray weight;
  private final NDArray bias;
  private final DoubleConv conv;

  UpBlock(NDManager manager, int in) {
    super(manager);
    int out = in / 2;
    conv = child("conv", new DoubleConv(manager, in, out));
    weight = parameter("up.weight", new Shape(in, out, KERNEL, KERNEL), Initializer.fanIn());
    bias = parameter("up.bias", new Shape(out), Initializer.ZEROS);
  }

  /** {@code [N, in / 2, 2 H, 2 W]} beside it and {@code [N, in, H, W]} below it. */
  NDArray forward(NDArray beside, NDArray below) {
    NDArray doubled = OPS.run(below.getManager(), "double", below, weight, bias);
    return conv.forward(Concatenation.ofColumns(List.of(beside, doubled)));
  }
}
