package partita.models.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static partita.models.layer.DirectionalDerivative.normals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.op.NativeThreads;
import partita.models.op.Resampling;

class Conv2dTest {

  @ParameterizedTest
  @CsvSource({"8, 6, 3", "7, 9, 3", "4, 4, 1"})
  void foldedAveragingEqualsAveragingAfterwards(int height, int width, int kernel) {
    NativeThreads.set(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Conv2d layer = new Conv2d(manager, 3, 4, kernel, Weighting.PLAIN);
      layer.initialize(5);
      NDArray x = normals(manager, "x", 2, 3, height, width);
      NDArray expected = Resampling.halved(layer.forward(x, Mode.EVALUATION));
      NDArray found = layer.forwardHalved(x, Mode.EVALUATION);
      assertEquals(new Shape(2, 4, height / 2, width / 2), found.getShape());
      assertArrayEquals(expected.toFloatArray(), found.toFloatArray(), 1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 3, 3", "5, 6, 1"})
  void foldedDoublingEqualsDoublingBefore(int height, int width, int kernel) {
    NativeThreads.set(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Conv2d layer = new Conv2d(manager, 3, 4, kernel, Weighting.PLAIN);
      layer.initialize(5);
      NDArray x = normals(manager, "x", 2, 3, height, width);
      NDArray expected = layer.forward(Resampling.doubled(x), Mode.EVALUATION);
      NDArray found = layer.forwardDoubled(x, Mode.EVALUATION);
      assertEquals(new Shape(2, 4, height * 2, width * 2), found.getShape());
      assertArrayEquals(expected.toFloatArray(), found.toFloatArray(), 1e-5f);
    }
  }
}
