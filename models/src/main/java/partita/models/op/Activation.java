package partita.models.op;

import ai.djl.ndarray.NDArray;

/**
 * Elementwise nonlinearities that work in place; the memory of a large activation map is spared.
 */
public final class Activation {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def relu_(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.relu_(x)
            def relu(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.relu(x)
          """);

  private Activation() {}

  /** max(x, 0) in a new array. */
  public static NDArray relu(NDArray x) {
    return OPS.run(x.getManager(), "relu", x);
  }

  /**
   * max(x, 0), overwriting {@code x}: only for an {@code x} that nothing else reads, and whose
   * operation does not need its result to be differentiated (convolutions, sums, products).
   */
  public static NDArray reluInPlace(NDArray x) {
    return OPS.run(x.getManager(), "relu_", x);
  }
}
