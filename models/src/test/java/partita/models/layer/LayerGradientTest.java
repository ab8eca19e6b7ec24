package partita.models.layer;

import static partita.models.layer.DirectionalDerivative.assertGradients;
import static partita.models.layer.DirectionalDerivative.normals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import partita.models.op.NativeThreads;

/**
 * Differences against recorded gradients. Power iteration counts as constant in the gradient, which
 * is exact once it has converged: layers are warmed up in training and checked in evaluation.
 */
class LayerGradientTest {
  private static final double TOLERANCE = 5e-3;

  private NDManager manager;

  @BeforeEach
  void open() {
    NativeThreads.set(1);
    manager = NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void convolution() {
    NDArray x = normals(manager, "x", 2, 3, 6, 4);
    Conv2d layer = new Conv2d(manager, 3, 5, 3, random(Weighting.SPECTRAL));
    check(layer, x, mode -> layer.forward(x, mode));
  }

  @Test
  void convolutionWithAveraging() {
    NDArray x = normals(manager, "x", 2, 3, 6, 4);
    Conv2d layer = new Conv2d(manager, 3, 5, 3, random(Weighting.SPECTRAL));
    check(layer, x, mode -> layer.forwardHalved(x, mode));
  }

  @Test
  void convolutionOfDoubledImages() {
    NDArray x = normals(manager, "x", 2, 3, 3, 4);
    Conv2d layer = new Conv2d(manager, 3, 5, 3, random(Weighting.SPECTRAL));
    check(layer, x, mode -> layer.forwardDoubled(x, mode));
  }

  @Test
  void linear() {
    NDArray x = normals(manager, "x", 4, 3);
    Linear layer = new Linear(manager, 3, 5, random(Weighting.SPECTRAL));
    check(layer, x, mode -> layer.forward(x, mode));
  }

  @Test
  void embedding() {
    NDArray labels = manager.create(new long[] {0, 2, 2, 3});
    Embedding layer = new Embedding(manager, 4, 3, random(Weighting.SPECTRAL));
    check(layer, mode -> layer.forward(labels, mode));
  }

  @Test
  void batchNormalization() {
    NDArray x = normals(manager, "x", 3, 2, 4, 4);
    BatchNorm layer = new BatchNorm(manager, 2);
    check(layer, x, mode -> layer.forward(x, Mode.TRAINING));
  }

  @Test
  void conditionalBatchNormalization() {
    NDArray x = normals(manager, "x", 3, 2, 4, 4);
    NDArray y = normals(manager, "y", 3, 5);
    ConditionalBatchNorm layer = new ConditionalBatchNorm(manager, 2, 5);
    check(layer, x, mode -> layer.forward(x, y, mode));
    check(layer, y, mode -> layer.forward(x, y, mode));
  }

  @Test
  void selfAttention() {
    NDArray x = normals(manager, "x", 2, 8, 4, 4);
    SelfAttention layer = new SelfAttention(manager, 8);
    layer.initialize(3);
    layer.parameters().get("gamma").set(new float[] {0.7f});
    checkInitialized(layer, List.of(x), mode -> layer.forward(x, mode));
  }

  /** Orthogonal weights have equal singular values, between which power iteration cannot choose. */
  private static Weighting random(Weighting weighting) {
    return new Weighting(Initializer.normal(0.5), weighting.spectral(), weighting.bias());
  }

  private void check(Layer layer, Function<Mode, NDArray> forward) {
    layer.initialize(3);
    checkInitialized(layer, List.of(), forward);
  }

  private void check(Layer layer, NDArray x, Function<Mode, NDArray> forward) {
    layer.initialize(3);
    checkInitialized(layer, List.of(x), forward);
  }

  private void checkInitialized(
      Layer layer, List<NDArray> inputs, Function<Mode, NDArray> forward) {
    for (int i = 0; i < 100; i++) {
      forward.apply(Mode.TRAINING).close();
    }
    List<NDArray> all = new ArrayList<>(layer.parameters().values());
    all.addAll(inputs);
    assertGradients(manager, all, TOLERANCE, () -> forward.apply(Mode.EVALUATION));
  }
}
