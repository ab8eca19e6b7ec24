package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamTest {

  @Test
  void tenStepsEqualTorchWithWeightDecayAndAChangedRate() throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray p = manager.create(new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f});
      Adam adam = new Adam(manager, Map.of("p", p), new AdamConfig(0.01, 0.5, 0.999, 1e-6, 0.1));
      List<float[]> golden = golden();
      assertEquals(10, golden.size());
      for (int t = 1; t <= 10; t++) {
        float[] gradient = new float[5];
        for (int i = 0; i < 5; i++) {
          gradient[i] = (float) Math.sin(t * (i + 1));
        }
        adam.update(List.of(manager.create(gradient)), t < 6 ? 1 : 0.5);
        assertArrayEquals(golden.get(t - 1), p.toFloatArray(), 2e-7f, "step " + t);
      }
    }
  }

  @Test
  void gradientThatIsNotContiguousIsReadInOrder() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray p = manager.zeros(new ai.djl.ndarray.types.Shape(2, 2));
      Adam adam = new Adam(manager, Map.of("p", p), new AdamConfig(1, 0, 0.5, 0, 0));
      adam.update(List.of(manager.create(new float[][] {{1, -1}, {1, 1}}).transpose()), 1);
      assertArrayEquals(new float[] {-1, -1, 1, -1}, p.toFloatArray(), 1e-6f);
    }
  }

  @Test
  void impossibleConstantsAreRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new AdamConfig(0, 0.9, 0.999, 1e-8, 0))
            .getMessage();
    assertTrue(message.contains("learning rate 0.0"), message);
    assertThrows(IllegalArgumentException.class, () -> new AdamConfig(1, 1, 0.999, 1e-8, 0));
    assertThrows(IllegalArgumentException.class, () -> new AdamConfig(1, 0, 0.999, -1, 0));
  }

  private static List<float[]> golden() throws IOException {
    try (InputStream in = AdamTest.class.getResourceAsStream("adam.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(AdamTest::floats)
          .toList();
    }
  }

  private static float[] floats(String line) {
    double[] values = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
