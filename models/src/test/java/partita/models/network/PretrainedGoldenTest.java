package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import partita.models.op.NativeThreads;

/** Networks that others train against torchvision's, see pretrained.py. */
class PretrainedGoldenTest {
  private static final int PERIOD = 1 << 20;

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("inception-v3-fid", new InceptionV3.Config(InceptionV3.Variant.FID, 1008), 0),
        // Torchvision's count has the auxiliary classifier, which evaluation does not use.
        Arguments.of(
            "inception-v3",
            new InceptionV3.Config(InceptionV3.Variant.CLASSIFICATION, 1000),
            3_326_696),
        Arguments.of("resnet-50", ResNetConfig.resNet50(1000), 0),
        Arguments.of("alexnet", new AlexNet.Config(1000), 0),
        Arguments.of("vgg-16", new Vgg.Config(16, 1000), 0),
        Arguments.of("vgg-19", new Vgg.Config(19, 1000), 0),
        Arguments.of("squeezenet", new SqueezeNet.Config(1000), 0));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void namesCountsAndEveryLayerAreThoseOfTorchvision(
      String name, Architecture architecture, long leftOut) throws IOException {
    GoldenLines golden = GoldenLines.of("pretrained.txt", name);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      PretrainedNetwork network = architecture.build(manager);
      GoldenChecks.assertNames(GoldenChecks.names(golden, "N"), network);
      long counted = Long.parseLong(golden.of(1, "count").get(0).get(0));
      assertEquals(counted, network.parameterCount() + leftOut);

      network.parameters().forEach(PretrainedGoldenTest::fill);
      network.buffers().forEach(PretrainedGoldenTest::fill);
      Features taps = new Features();
      NDArray scores = network.forward(images(manager, name), taps).orElseThrow();
      List<String> layers = golden.of(1, "values").stream().map(line -> line.get(0)).toList();
      assertEquals(layers, List.copyOf(network.layers().keySet()));
      network
          .layers()
          .forEach(
              (layer, channels) -> {
                NDArray found = taps.of(layer);
                assertEquals(channels, (int) found.getShape().get(1), layer);
                assertValues(golden, layer, found);
              });
      assertEquals(new Shape(2, architecture.classes()), scores.getShape());
      assertValues(golden, layers.get(layers.size() - 1), scores);
    }
  }

  @Test
  void networkWithoutClassesEndsWithItsFeatures() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      for (Architecture architecture :
          List.of(
              new InceptionV3.Config(InceptionV3.Variant.FID, 0),
              new AlexNet.Config(0),
              new SqueezeNet.Config(0))) {
        PretrainedNetwork network = architecture.build(manager);
        Features taps = new Features();
        NDArray images = manager.zeros(new Shape(1, 3, 80, 80));
        assertEquals(true, network.forward(images, taps).isEmpty(), architecture.family());
        List<String> layers = List.copyOf(network.layers().keySet());
        Map<String, String> last =
            Map.of("inception-v3", "avgpool", "alexnet", "avgpool", "squeezenet", "features.12");
        assertEquals(last.get(architecture.family()), layers.get(layers.size() - 1));
      }
    }
  }

  @Test
  void classesTellFidsInceptionFromTheClassificationNetwork() {
    for (InceptionV3.Config config :
        List.of(
            new InceptionV3.Config(InceptionV3.Variant.FID, 0),
            new InceptionV3.Config(InceptionV3.Variant.CLASSIFICATION, 0))) {
      int others = config.variant() == InceptionV3.Variant.FID ? 1000 : 1008;
      String message =
          assertThrows(IllegalArgumentException.class, () -> config.withClasses(others))
              .getMessage();
      assertEquals(
          "Cannot build InceptionV3 of variant %s with %,d classes: the network of FID has 1,008, one with other classes is a classification network, whose features are not those of FID"
              .formatted(config.variant(), others),
          message);
    }
  }

  @Test
  void grayImagesAreRefusedByTheNetworkItself() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PretrainedNetwork network = new SqueezeNet.Config(0).build(manager);
      NDArray gray = manager.zeros(new Shape(1, 1, 80, 80));
      assertEquals(
          "Cannot evaluate SqueezeNet: images have shape (1, 1, 80, 80), expected (N, 3, H, W)",
          assertThrows(IllegalArgumentException.class, () -> network.forward(gray, Tap.NONE))
              .getMessage());
    }
  }

  private static NDArray images(NDManager manager, String name) {
    Map<String, List<Integer>> sizes =
        Map.of(
            "resnet-50", List.of(96, 80),
            "alexnet", List.of(95, 127),
            "vgg-16", List.of(64, 48),
            "vgg-19", List.of(64, 48),
            "squeezenet", List.of(63, 82));
    List<Integer> size = sizes.getOrDefault(name, List.of(139, 107));
    return HashedValues.of(manager, name, new Shape(2, 3, size.get(0), size.get(1))).mul(2);
  }

  /** The scales of pretrained.py, which keep activations of the same size through the network. */
  static void fill(String name, NDArray array) {
    Shape shape = array.getShape();
    float[] values = HashedValues.of(name, (int) Math.min(shape.size(), PERIOD));
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
    try (NDManager scratch = array.getManager().newSubManager()) {
      NDArray period = scratch.create(values);
      long periods = (shape.size() + PERIOD - 1) / PERIOD;
      NDArray all = period.tile(periods);
      all.attach(scratch);
      NDArray value = all.get("0:" + shape.size()).reshape(shape);
      value.attach(scratch);
      value.copyTo(array);
    }
  }

  /** To 1e-4 of the norm, which is stricter than 1e-4 of the largest value. */
  static void assertValues(GoldenLines golden, String what, NDArray array) {
    double[] expected = golden.numbers("values", what);
    float[] flat = array.toFloatArray();
    int stride = Math.max(1, flat.length / 30);
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
