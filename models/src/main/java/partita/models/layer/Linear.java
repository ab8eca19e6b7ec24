package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/** y = xW' + b: {@code [N, in]} to {@code [N, out]}. */
public final class Linear extends WeightedLayer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def linear(self: __torch__.Ops, x: Tensor, weight: Tensor, bias: List[Tensor]) -> Tensor:
              if torch.eq(torch.len(bias), 0):
                y = torch.linear(x, weight, None)
              else:
                y = torch.linear(x, weight, bias[0])
              return y
          """);

  public Linear(NDManager manager, long in, long out, Weighting weighting) {
    super(manager, weighting, new Shape(out, in));
  }

  public NDArray forward(NDArray x, Mode mode) {
    return OPS.run(x.getManager(), "linear", x, weight(mode), bias());
  }
}
