package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

/** Both networks against an independent PyTorch implementation of the papers. */
class BigGanGoldenTest {
  private static final int BATCH = 3;

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @ParameterizedTest
  @CsvSource({
    "instances-32, 32, 2, 1, 0, 8",
    "classes-and-instances-64, 64, 8, 3, 5, 8",
    "classes-32, 32, 2, 3, 5, 0"
  })
  void namesOutputsGradientsAndBuffersAreThoseOfPyTorch(
      String name, int resolution, int ch, int channels, int classes, int features)
      throws IOException {
    GoldenLines golden = GoldenLines.of(name);
    BigGanConfig config =
        BigGanConfig.of(resolution, ch)
            .withImageChannels(channels)
            .withClasses(classes)
            .withFeatures(features);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      BigGanDiscriminator discriminator = new BigGanDiscriminator(manager, config);
      Map<String, Layer> networks = new LinkedHashMap<>();
      networks.put("G", generator);
      networks.put("D", discriminator);
      networks.forEach((label, network) -> assertNames(golden, label, network));
      networks.forEach((label, network) -> fill(manager, label, network));

      NDArray z = hashed(manager, "z", new Shape(BATCH, config.latentWidth()));
      NDArray real = hashed(manager, "real", new Shape(BATCH, channels, resolution, resolution));
      Condition condition = condition(manager, config);
      try (Gradients.Recording recording = Gradients.record()) {
        NDArray images = generator.forward(z, condition, Mode.TRAINING);
        NDArray scores = discriminator.forward(images, condition, Mode.TRAINING);
        assertValues(golden, "images", images);
        assertValues(golden, "scores", scores);
        assertGradients(golden, scores, networks);
      }
      assertValues(golden, "real", discriminator.forward(real, condition, Mode.TRAINING));
      networks.forEach(
          (label, network) ->
              network
                  .buffers()
                  .forEach((own, array) -> assertProjection(golden, label + "." + own, array)));
      NDArray images = generator.forward(z, condition, Mode.EVALUATION);
      assertValues(golden, "images-evaluated", images);
      assertValues(
          golden, "scores-evaluated", discriminator.forward(images, condition, Mode.EVALUATION));
    }
  }

  private static void assertNames(GoldenLines golden, String label, Layer network) {
    Map<String, String> expected = new TreeMap<>();
    for (List<String> array : golden.of(1, label)) {
      expected.put(array.get(2), array.get(1) + " " + array.get(3));
    }
    Map<String, String> actual = new TreeMap<>();
    network.parameters().forEach((own, array) -> actual.put(own, "parameter " + text(array)));
    network.buffers().forEach((own, array) -> actual.put(own, "buffer " + text(array)));
    assertEquals(expected, actual);
  }

  private static String text(NDArray array) {
    long[] shape = array.getShape().getShape();
    return shape.length == 0
        ? "scalar"
        : LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }

  private static void fill(NDManager manager, String label, Layer network) {
    Map<String, NDArray> values = new LinkedHashMap<>(network.parameters());
    values.putAll(network.buffers());
    values.replaceAll(
        (own, array) -> {
          NDArray value = hashed(manager, label + "." + own, array.getShape());
          return own.endsWith("stored_var") ? value.mul(0.5).add(1) : value;
        });
    network.load(values);
    network.parameters().values().forEach(array -> array.setRequiresGradient(true));
  }

  private static NDArray hashed(NDManager manager, String name, Shape shape) {
    return manager.create(HashedValues.of(name, (int) shape.size()), shape);
  }

  private static Condition condition(NDManager manager, BigGanConfig config) {
    Condition condition = Condition.NONE;
    if (config.hasClasses()) {
      condition = condition.withLabels(manager.create(new long[] {0, 2, 4}));
    }
    if (config.hasFeatures()) {
      Shape shape = new Shape(BATCH, config.featureWidth());
      condition = condition.withFeatures(hashed(manager, "features", shape));
    }
    return condition;
  }

  private static void assertValues(GoldenLines golden, String what, NDArray array) {
    double[] expected = golden.numbers("values", what);
    float[] flat = array.toFloatArray();
    int stride = Math.max(1, flat.length / 60);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], flat[i * stride], 1e-4 * largest, what + " " + i);
    }
    assertEquals(expected.length, (flat.length + stride - 1) / stride, what);
  }

  private static void assertGradients(
      GoldenLines golden, NDArray scores, Map<String, Layer> networks) {
    List<String> names = new ArrayList<>();
    List<NDArray> parameters = new ArrayList<>();
    networks.forEach(
        (label, network) ->
            network
                .parameters()
                .forEach(
                    (own, array) -> {
                      names.add("gradient." + label + "." + own);
                      parameters.add(array);
                    }));
    List<NDArray> gradients = Gradients.of(scores.sum(), parameters);
    for (int i = 0; i < names.size(); i++) {
      assertProjection(golden, names.get(i), gradients.get(i));
    }
  }

  private static void assertProjection(GoldenLines golden, String what, NDArray array) {
    float[] values = array.toFloatArray();
    float[] probe = HashedValues.of(what, values.length);
    double square = 0;
    double product = 0;
    for (int i = 0; i < values.length; i++) {
      square += (double) values[i] * values[i];
      product += (double) values[i] * probe[i];
    }
    double[] expected = golden.numbers("projection", what);
    // The gradient of a bias before a batch normalization is zero but for rounding.
    double tolerance = 1e-4 * expected[0] + 1e-4;
    assertEquals(expected[0], Math.sqrt(square), tolerance, what + " norm");
    assertEquals(expected[1], product, tolerance, what + " projection");
  }
}
