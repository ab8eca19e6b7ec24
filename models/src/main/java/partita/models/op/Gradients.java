package partita.models.op;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * Reverse-mode differentiation as a function: {@code gradients = d outputs / d inputs}. Nothing is
 * accumulated on the arrays themselves, and with {@code createGraph} the result can be
 * differentiated again (R1, path length).
 */
public final class Gradients {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def gradients(self: __torch__.Ops, outputs: List[Tensor], inputs: List[Tensor]) -> List[Tensor]:
              found = annotate(List[Tensor], [])
              grads = torch.autograd.grad(outputs, inputs, None, None, False)
              for i in range(torch.len(grads)):
                _0 = torch.append(found, torch.contiguous(unchecked_cast(Tensor, grads[i])))
              return found
            def differentiable(self: __torch__.Ops, outputs: List[Tensor], inputs: List[Tensor]) -> List[Tensor]:
              found = annotate(List[Tensor], [])
              grads = torch.autograd.grad(outputs, inputs, None, True, True)
              for i in range(torch.len(grads)):
                _0 = torch.append(found, torch.contiguous(unchecked_cast(Tensor, grads[i])))
              return found
          """);

  private Gradients() {}

  /** Whether operations of this thread can be differentiated, until it is closed. */
  public static final class Recording implements AutoCloseable {
    private final boolean before = JniUtils.isGradMode();

    private Recording(boolean recording) {
      JniUtils.setGradMode(recording);
    }

    @Override
    public void close() {
      JniUtils.setGradMode(before);
    }
  }

  /** Records operations of this thread, so that they can be differentiated. */
  public static Recording record() {
    return new Recording(true);
  }

  /** Does not record operations of this thread: for updates in place, and for constants. */
  public static Recording pause() {
    return new Recording(false);
  }

  /**
   * Gradients of the sum of {@code output} with respect to each input, in order. Every input must
   * have taken part in the output. The gradients' memory is in the order of their shape, whatever
   * order the operations worked in, as fused optimizers expect.
   */
  public static List<NDArray> of(NDArray output, List<NDArray> inputs) {
    return OPS.runForList(output.getManager(), "gradients", List.of(output), inputs);
  }

  /** As {@link #of}, with a result that can itself be differentiated. */
  public static List<NDArray> differentiable(NDArray output, List<NDArray> inputs) {
    return OPS.runForList(output.getManager(), "differentiable", List.of(output), inputs);
  }
}
