package partita.models.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import partita.models.op.NativeThreads;

class LayerTest {
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
  void arraysOutliveTheScopeTheLayerWasBuiltInAndResultsDoNot() {
    Linear layer;
    PtNDArray result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      layer = new Linear(manager, 2, 3, Weighting.SPECTRAL);
      layer.initialize(1);
      result = (PtNDArray) layer.forward(manager.ones(new Shape(1, 2)), Mode.TRAINING);
      assertFalse(result.isReleased());
    }
    assertTrue(result.isReleased());
    assertEquals(9, layer.parameterCount());
    assertEquals(3, layer.forward(manager.ones(new Shape(1, 2)), Mode.TRAINING).size());
  }

  @Test
  void scopedPartKeepsItsResultAndClosesTheRest() {
    NDArray[] inner = new NDArray[1];
    NDArray x = manager.ones(new Shape(2));
    NDArray result =
        Scoped.of(
            () -> {
              inner[0] = x.add(1);
              return inner[0].mul(2);
            });
    assertTrue(((PtNDArray) inner[0]).isReleased());
    assertArrayEquals(new float[] {4, 4}, result.toFloatArray());
  }

  @Test
  void loadNamesWhatIsMissingAndUnexpected() {
    Linear layer = new Linear(manager, 2, 3, Weighting.PLAIN);
    NDArray weight = manager.ones(new Shape(3, 2));
    Map<String, NDArray> values = Map.of("weight", weight, "wait", weight);
    var error = assertThrows(IllegalArgumentException.class, () -> layer.load(values));
    assertEquals(
        "Cannot load weights into Linear: missing [bias], unexpected [wait]", error.getMessage());
  }

  @Test
  void loadNamesTheArrayOfAnotherShape() {
    Linear layer = new Linear(manager, 2, 3, Weighting.PLAIN.withoutBias());
    Map<String, NDArray> values = Map.of("weight", manager.ones(new Shape(2, 3)));
    var error = assertThrows(IllegalArgumentException.class, () -> layer.load(values));
    assertEquals(
        "Cannot load weight into Linear: found shape (2, 3), expected (3, 2)", error.getMessage());
  }
}
