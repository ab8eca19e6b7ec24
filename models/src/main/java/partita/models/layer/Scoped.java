package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/**
 * Part of a forward pass whose intermediate arrays are closed at its end. Without it each would
 * live as long as the caller's scope, although the recorded graph keeps those that it needs.
 */
public final class Scoped {
  private Scoped() {}

  /** The array that {@code body} made; every other array made in it is closed. */
  public static NDArray of(Supplier<NDArray> body) {
    NDArray result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      result = body.get();
      NDScope.unregister(result);
    }
    NDScope.register(result);
    return result;
  }
}
