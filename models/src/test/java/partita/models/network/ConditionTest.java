package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private NDManager manager;
  private NDArray labels;
  private NDArray features;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager("PyTorch");
    labels = manager.create(new long[] {1, 2});
    features = manager.create(new float[] {3, 4, 0, 2}, new Shape(2, 2));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void featuresAreScaledToLengthOneAtUse() {
    Condition condition = Condition.NONE.withFeatures(features);
    assertArrayEquals(
        new float[] {0.6f, 0.8f, 0, 1}, condition.unitFeatures().toFloatArray(), 1e-6f);
  }

  @Test
  void conditionsJoinPartByPart() {
    Condition both = Condition.NONE.withLabels(labels).withFeatures(features);
    Condition joined = both.concat(both);
    assertArrayEquals(new long[] {1, 2, 1, 2}, joined.labels().toLongArray());
    assertEquals(new Shape(4, 2), joined.unitFeatures().getShape());
  }

  @Test
  void conditionsOfDifferentPartsDoNotJoin() {
    Condition some = Condition.NONE.withLabels(labels);
    Condition other = Condition.NONE.withFeatures(features);
    var error = assertThrows(IllegalArgumentException.class, () -> some.concat(other));
    assertEquals(
        "Cannot join conditions: found parts [LABEL] and [FEATURE], expected the same in both",
        error.getMessage());
  }

  @Test
  void missingPartIsNamed() {
    Condition condition = Condition.NONE.withLabels(labels);
    var error = assertThrows(IllegalArgumentException.class, condition::unitFeatures);
    assertEquals(
        "Cannot condition on FEATURE: the condition has only [LABEL]; supply it or build the"
            + " network without",
        error.getMessage());
  }

  @Test
  void partsHaveOneRowAnImage() {
    Condition condition = Condition.NONE.withFeatures(features);
    NDArray three = manager.create(new long[] {1, 2, 3});
    assertThrows(IllegalArgumentException.class, () -> condition.withLabels(three));
  }
}
