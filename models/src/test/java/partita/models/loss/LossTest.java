package partita.models.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

class LossTest {
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
  void hingeStopsRewardingScoresBeyondTheMargin() {
    NDArray scores = manager.create(new float[] {-3, -0.5f, 0.5f, 3}, new Shape(4, 1));
    assertEquals((4 + 1.5 + 0.5) / 4, HingeLoss.onReal(scores).getFloat(), 1e-6);
    assertEquals((0.5 + 1.5 + 4) / 4, HingeLoss.onFake(scores).getFloat(), 1e-6);
    NDArray fakes = manager.create(new float[] {-3, -0.5f, 0.5f, 4}, new Shape(4, 1));
    assertEquals(-0.25, HingeLoss.ofGenerator(fakes).getFloat(), 1e-6);
  }

  @Test
  void crossEntropyIsMinusTheLogOfTheLabelsProbability() {
    NDArray logits = manager.create(new float[] {0, 0, 0, 2, 0, 0}, new Shape(2, 3));
    NDArray labels = manager.create(new long[] {1, 0});
    double second = -Math.log(Math.exp(2) / (Math.exp(2) + 2));
    assertEquals((Math.log(3) + second) / 2, CrossEntropyLoss.of(logits, labels).getFloat(), 1e-6);
  }

  @Test
  void hingeGradientPushesOnlyWithinTheMargin() {
    NDArray scores = manager.create(new float[] {-3, 3}, new Shape(2, 1));
    scores.setRequiresGradient(true);
    try (Gradients.Recording recording = Gradients.record()) {
      NDArray loss = HingeLoss.onReal(scores);
      float[] gradient = Gradients.of(loss, List.of(scores)).get(0).toFloatArray();
      assertArrayEquals(new float[] {-0.5f, 0}, gradient, 0f);
    }
  }
}
