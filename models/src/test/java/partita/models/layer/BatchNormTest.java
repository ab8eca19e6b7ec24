package partita.models.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static partita.models.layer.DirectionalDerivative.normals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import partita.models.op.NativeThreads;

class BatchNormTest {
  private static final int N = 3;
  private static final int C = 2;
  private static final int PIXELS = 20;

  private NDManager manager;
  private NDArray x;
  private float[] values;

  @BeforeEach
  void open() {
    NativeThreads.set(1);
    manager = NDManager.newBaseManager("PyTorch");
    x = normals(manager, "x", N, C, 4, 5).mul(3).add(1);
    values = x.toFloatArray();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void trainingNormalizesByTheBatchAndMovesTheStatisticsATenth() {
    BatchNorm layer = new BatchNorm(manager, C);
    layer.initialize(1);
    float[] y = layer.forward(x, Mode.TRAINING).toFloatArray();
    float[] storedMean = layer.buffers().get("stored_mean").toFloatArray();
    float[] storedVar = layer.buffers().get("stored_var").toFloatArray();
    for (int c = 0; c < C; c++) {
      double mean = mean(c);
      double var = variance(c);
      for (int n = 0; n < N; n++) {
        int i = (n * C + c) * PIXELS;
        assertEquals((values[i] - mean) / Math.sqrt(var + 1e-5), y[i], 1e-5);
      }
      double count = N * PIXELS;
      assertEquals(0.1 * mean, storedMean[c], 1e-5);
      assertEquals(0.9 + 0.1 * var * count / (count - 1), storedVar[c], 1e-5);
    }
  }

  @Test
  void evaluationNormalizesByTheStatisticsAndLeavesThem() {
    BatchNorm layer = new BatchNorm(manager, C);
    layer.initialize(1);
    layer.buffers().get("stored_mean").set(new float[] {2, 3});
    layer.buffers().get("stored_var").set(new float[] {4, 3e-5f});
    layer.parameters().get("gain").set(new float[] {5, 6});
    layer.parameters().get("bias").set(new float[] {7, 8});
    float[] y = layer.forward(x, Mode.EVALUATION).toFloatArray();
    assertEquals((values[0] - 2) / 2 * 5 + 7, y[0], 1e-4);
    double whitened = (values[PIXELS] - 3) / Math.sqrt(3e-5 + 1e-5);
    assertEquals(whitened * 6 + 8, y[PIXELS], 1e-5 * Math.abs(whitened));
    assertArrayEquals(new float[] {2, 3}, layer.buffers().get("stored_mean").toFloatArray());
    assertArrayEquals(new float[] {4, 3e-5f}, layer.buffers().get("stored_var").toFloatArray());
  }

  @Test
  void conditionScalesByOnePlusGainAndAddsBias() {
    ConditionalBatchNorm layer = new ConditionalBatchNorm(manager, C, 4);
    layer.initialize(1);
    NDArray y = normals(manager, "y", N, 4);
    float[] gain = normalized(layer, "gain", y);
    float[] bias = normalized(layer, "bias", y);
    float[] found = layer.forward(x, y, Mode.EVALUATION).toFloatArray();
    for (int n = 0; n < N; n++) {
      for (int c = 0; c < C; c++) {
        int i = (n * C + c) * PIXELS;
        double whitened = values[i] / Math.sqrt(1 + 1e-5);
        assertEquals(whitened * (1 + gain[n * C + c]) + bias[n * C + c], found[i], 1e-5);
      }
    }
  }

  /** y W' / sigma with sigma = 1, for an orthogonal weight is its own spectral normalization. */
  private static float[] normalized(ConditionalBatchNorm layer, String name, NDArray y) {
    return y.matMul(layer.parameters().get(name + ".weight").transpose()).toFloatArray();
  }

  private double mean(int c) {
    double sum = 0;
    for (int n = 0; n < N; n++) {
      for (int i = 0; i < PIXELS; i++) {
        sum += values[(n * C + c) * PIXELS + i];
      }
    }
    return sum / (N * PIXELS);
  }

  private double variance(int c) {
    double mean = mean(c);
    double sum = 0;
    for (int n = 0; n < N; n++) {
      for (int i = 0; i < PIXELS; i++) {
        double d = values[(n * C + c) * PIXELS + i] - mean;
        sum += d * d;
      }
    }
    return sum / (N * PIXELS);
  }
}
