package partita.models.op;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Joining arrays. DJL's own cuts the gradient when it is given a single array. */
public final class Concatenation {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def concatenate(self: __torch__.Ops, parts: List[Tensor], axis: int) -> Tensor:
              return torch.cat(parts, axis)
          """);

  private Concatenation() {}

  /** Arrays {@code [N, a]}, {@code [N, b]}, ... side by side: {@code [N, a + b + ...]}. */
  public static NDArray ofColumns(List<NDArray> parts) {
    return OPS.run(parts.get(0).getManager(), "concatenate", parts, 1);
  }
}
