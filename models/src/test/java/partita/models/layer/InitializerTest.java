package partita.models.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.op.NativeThreads;
import partita.models.random.CounterRandom;

class InitializerTest {
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

  @ParameterizedTest
  @CsvSource({"5, 3", "2, 7", "30, 1"})
  void orthogonalWeightHasOrthonormalRowsOrColumns(int rows, int channels) {
    NDArray weight = orthogonal(new Shape(rows, channels, 3, 3), 1);
    NDArray matrix = weight.reshape(rows, channels * 9L);
    NDArray wide = rows <= channels * 9 ? matrix : matrix.transpose();
    NDArray gram = wide.matMul(wide.transpose());
    assertArrayEquals(
        manager.eye((int) gram.getShape().get(0)).toFloatArray(), gram.toFloatArray(), 1e-5f);
  }

  @Test
  void orthogonalWeightDependsOnItsRandomnessOnly() {
    Shape shape = new Shape(4, 6);
    float[] first = orthogonal(shape, 1).toFloatArray();
    assertArrayEquals(first, orthogonal(shape, 1).toFloatArray());
    float[] other = orthogonal(shape, 2).toFloatArray();
    assertTrue(IntStream.range(0, 24).anyMatch(i -> first[i] != other[i]));
  }

  @Test
  void heScalesNormalsByFanIn() {
    float[] values =
        Initializer.he()
            .create(manager, new Shape(100, 8, 3, 3), new CounterRandom(1, "w"))
            .toFloatArray();
    double square = IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
    assertEquals(2.0 / 72, square / values.length, 0.002);
  }

  @Test
  void biasStartsWithinOneOverTheRootOfFanIn() {
    Linear layer = new Linear(manager, 16, 1000, Weighting.PLAIN);
    layer.initialize(1);
    float[] bias = layer.parameters().get("bias").toFloatArray();
    double largest = IntStream.range(0, 1000).mapToDouble(i -> Math.abs(bias[i])).max().orElse(0);
    assertEquals(0.25, largest, 0.005);
  }

  private NDArray orthogonal(Shape shape, long seed) {
    return Initializer.orthogonal().create(manager, shape, new CounterRandom(seed, "w"));
  }
}
