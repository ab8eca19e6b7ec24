package partita.models.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Supplier;
import partita.models.op.Gradients;
import partita.models.random.CounterRandom;

/** Recorded gradients against differences of the function itself. */
public final class DirectionalDerivative {
  private static final float STEP = 1e-2f;

  private DirectionalDerivative() {}

  /** Standard normals. */
  public static NDArray normals(NDManager manager, String name, long... shape) {
    float[] values = new float[(int) new Shape(shape).size()];
    new CounterRandom(11, name).normals(0, 0, values, 0, values.length);
    return manager.create(values, new Shape(shape));
  }

  /**
   * Fails unless, for each input, the gradient of a random combination of the outputs agrees with a
   * central difference along a random direction to {@code tolerance} of the gradient's length.
   */
  public static void assertGradients(
      NDManager manager, List<NDArray> inputs, double tolerance, Supplier<NDArray> function) {
    inputs.forEach(input -> input.setRequiresGradient(true));
    List<NDArray> gradients;
    try (Gradients.Recording recording = Gradients.record()) {
      gradients = Gradients.of(combined(manager, function), inputs);
    }
    for (int i = 0; i < inputs.size(); i++) {
      NDArray input = inputs.get(i);
      NDArray direction = normals(manager, "direction" + i, input.getShape().getShape());
      direction.divi(direction.norm());
      double analytic = gradients.get(i).mul(direction).sum().getFloat();
      double length = gradients.get(i).norm().getFloat();
      NDArray middle = input.duplicate();
      double plus = at(manager, input, middle.add(direction.mul(STEP)), function);
      double minus = at(manager, input, middle.sub(direction.mul(STEP)), function);
      middle.copyTo(input);
      assertTrue(length > 0, "input " + i + " has no gradient");
      assertEquals((plus - minus) / (2 * STEP), analytic, tolerance * length, "input " + i);
    }
  }

  private static double at(
      NDManager manager, NDArray input, NDArray value, Supplier<NDArray> function) {
    value.copyTo(input);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return combined(manager, function).getFloat();
    }
  }

  private static NDArray combined(NDManager manager, Supplier<NDArray> function) {
    NDArray output = function.get();
    return output.mul(normals(manager, "combination", output.getShape().getShape())).sum();
  }
}
