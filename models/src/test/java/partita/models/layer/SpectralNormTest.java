package partita.models.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import partita.models.op.NativeThreads;

class SpectralNormTest {
  private NDManager manager;
  private Linear layer;

  /** A weight with singular values sqrt(45) and sqrt(5). */
  @BeforeEach
  void build() {
    NativeThreads.set(1);
    manager = NDManager.newBaseManager("PyTorch");
    layer = new Linear(manager, 2, 2, Weighting.SPECTRAL.withoutBias());
    layer.load(
        Map.of(
            "weight", manager.create(new float[] {3, 0, 4, 5}, new Shape(2, 2)),
            "u0", manager.create(new float[] {1, 2}, new Shape(1, 2)),
            "sv0", manager.ones(new Shape(1))));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void estimateConvergesToTheLargestSingularValue() {
    NDArray x = manager.create(new float[] {1, 1}, new Shape(1, 2));
    NDArray y = layer.forward(x, Mode.TRAINING);
    for (int i = 0; i < 20; i++) {
      y = layer.forward(x, Mode.TRAINING);
    }
    double sigma = Math.sqrt(45);
    assertEquals(sigma, buffer("sv0")[0], 1e-5);
    assertArrayEquals(
        new float[] {(float) (3 / sigma), (float) (9 / sigma)}, y.toFloatArray(), 1e-6f);
  }

  @Test
  void trainingDoesOnePowerIterationAForward() {
    layer.forward(manager.ones(new Shape(1, 2)), Mode.TRAINING);
    // uW = (11, 10); v = (11, 10) / |.|; vW' = (33, 94) / |.|; sigma is the length of that.
    double v = Math.hypot(11, 10);
    double u = Math.hypot(33, 94);
    assertArrayEquals(new float[] {(float) (33 / u), (float) (94 / u)}, buffer("u0"), 1e-6f);
    assertEquals(u / v, buffer("sv0")[0], 1e-5);
  }

  @Test
  void evaluationUsesOneIterationAndChangesNothing() {
    NDArray x = manager.ones(new Shape(1, 2));
    float[] first = layer.forward(x, Mode.EVALUATION).toFloatArray();
    double sigma = Math.hypot(33, 94) / Math.hypot(11, 10);
    assertArrayEquals(new float[] {(float) (3 / sigma), (float) (9 / sigma)}, first, 1e-6f);
    assertArrayEquals(first, layer.forward(x, Mode.EVALUATION).toFloatArray());
    assertArrayEquals(new float[] {1, 2}, buffer("u0"));
    assertArrayEquals(new float[] {1}, buffer("sv0"));
    layer.forward(x, Mode.TRAINING);
    assertNotEquals(
        Arrays.toString(first), Arrays.toString(layer.forward(x, Mode.EVALUATION).toFloatArray()));
  }

  @Test
  void normsBelowEpsilonAreTakenForEpsilon() {
    layer.load(
        Map.of(
            "weight", manager.create(new float[] {3e-8f, 0, 4e-8f, 5e-8f}, new Shape(2, 2)),
            "u0", manager.create(new float[] {1, 2}, new Shape(1, 2)),
            "sv0", manager.ones(new Shape(1))));
    layer.forward(manager.ones(new Shape(1, 2)), Mode.TRAINING);
    // v = uW / 1e-6 = (.11, .10); u' = vW' / 1e-6 = (.0033, .0094); sigma = vW'u''.
    assertArrayEquals(new float[] {.0033f, .0094f}, buffer("u0"), 1e-8f);
    assertEquals(.33e-8 * .0033 + .94e-8 * .0094, buffer("sv0")[0], 1e-16);
  }

  private float[] buffer(String name) {
    return layer.buffers().get(name).toFloatArray();
  }
}
