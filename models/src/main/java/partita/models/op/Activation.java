package partita.models.op;

import ai.djl.ndarray.NDArray;

/** Elementwise nonlinearities; in place they spare the memory of a large activation map. */
public final class Activation {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def relu_(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.relu_(x)
            def relu(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.relu(x)
            def leaky_relu_(self: __torch__.Ops, x: Tensor, slope: float) -> Tensor:
              return torch.leaky_relu_(x, slope)
            def leaky_relu(self: __torch__.Ops, x: Tensor, slope: float) -> Tensor:
              return torch.leaky_relu(x, slope)
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

  /** x where it is positive, {@code slope} times x elsewhere, in a new array. */
  public static NDArray leakyRelu(NDArray x, double slope) {
    return OPS.run(x.getManager(), "leaky_relu", x, slope);
  }

  /** The same, overwriting {@code x} under the conditions of {@link #reluInPlace}. */
  public static NDArray leakyReluInPlace(NDArray x, double slope) {
    return OPS.run(x.getManager(), "leaky_relu_", x, slope);
  }
}
