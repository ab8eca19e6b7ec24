package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.embed.ImageNetPreparation;
import partita.models.op.NativeThreads;

/** ResNet-50 and the preparation of its images against torchvision and torch, see resnet.py. */
class ResNetGoldenTest {
  private static final String FILE = "resnet.txt";

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @Test
  void namesAndLayersAreThoseOfTorchvision() throws IOException {
    GoldenLines golden = GoldenLines.of(FILE, "resnet-50");
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      ResNet network = new ResNet(manager, ResNetConfig.resNet50(1000));
      assertNames(golden, network);
      assertEquals(25_557_032, network.parameterCount());

      network.parameters().forEach(ResNetGoldenTest::fill);
      network.buffers().forEach(ResNetGoldenTest::fill);
      NDArray images = ImageNetPreparation.STANDARD.apply(pixels(manager, "rgb", 3, 32));
      Features taps = new Features();
      network.forward(images, taps);
      for (List<String> line : golden.of(1, "values")) {
        String layer = line.get(0);
        NDArray found = taps.of(layer);
        assertValues(golden, layer, found);
        assertEquals(network.config().layers().get(layer), (int) found.getShape().get(1), layer);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"rgb, 3, 32", "gray, 1, 28", "large, 3, 256"})
  void imagesArePreparedAsIcGanDoes(String name, int channels, int side) throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray prepared = ImageNetPreparation.STANDARD.apply(pixels(manager, name, channels, side));
      assertEquals(new Shape(2, 3, 224, 224), prepared.getShape());
      assertValues(GoldenLines.of(FILE, "preparation"), name, prepared);
    }
  }

  /** The scales of resnet.py, which keep activations of the same size through the network. */
  private static void fill(String name, NDArray array) {
    Shape shape = array.getShape();
    float[] values = HashedValues.of(name, (int) shape.size());
    float offset = 0;
    float scale = 0.3f;
    if (shape.dimension() > 1) {
      scale = (float) Math.sqrt(6.0 / shape.slice(1).size());
    } else if (name.endsWith("bn3.weight")) {
      offset = 0.3f;
      scale = 0.15f;
    } else if (name.endsWith("weight") || name.endsWith("running_var")) {
      offset = 1;
      scale = 0.5f;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = offset + scale * values[i];
    }
    try (NDArray value = array.getManager().create(values, shape)) {
      value.copyTo(array);
    }
  }

  private static NDArray pixels(NDManager manager, String name, int channels, int side) {
    Shape shape = new Shape(2, channels, side, side);
    float[] values = HashedValues.of(name, (int) shape.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.floor((values[i] + 1) * 128) / 127.5f - 1;
    }
    return manager.create(values, shape);
  }

  private static void assertNames(GoldenLines golden, ResNet network) {
    Map<String, String> expected = new TreeMap<>();
    for (List<String> array : golden.of(1, "R")) {
      expected.put(array.get(2), array.get(1) + " " + array.get(3));
    }
    Map<String, String> actual = new TreeMap<>();
    network.parameters().forEach((name, array) -> actual.put(name, "parameter " + text(array)));
    network.buffers().forEach((name, array) -> actual.put(name, "buffer " + text(array)));
    assertEquals(expected, actual);
  }

  private static String text(NDArray array) {
    return LongStream.of(array.getShape().getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining("x"));
  }

  /** To 1e-4 of the norm, which is stricter than 1e-4 of the largest value. */
  private static void assertValues(GoldenLines golden, String what, NDArray array) {
    double[] expected = golden.numbers("values", what);
    float[] flat = array.toFloatArray();
    int stride = Math.max(1, flat.length / 60);
    assertEquals(expected.length, (flat.length + stride - 1) / stride, what);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(flat[i * stride] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertEquals(0, Math.sqrt(difference / norm), 1e-4, what);
  }
}
