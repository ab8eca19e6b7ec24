package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;
import partita.models.train.AdversarialLosses;
import partita.models.train.Losses;

/**
 * Both networks and one step of training against the official code, which {@code
 * biggan_reference.py} ran unmodified in float64.
 */
class BigGanReferenceTest {
  private static final int BATCH = 4;
  private static final int CLASSES = 5;
  private static final int FEATURES = 2048;

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @ParameterizedTest
  @CsvSource({
    "instances-32, 32, 6, 0, 2048",
    "classes-32, 32, 6, 5, 0",
    "classes-and-instances-32, 32, 6, 5, 2048",
    "instances-64, 64, 8, 0, 2048",
    "classes-64, 64, 8, 5, 0",
    "classes-and-instances-64, 64, 8, 5, 2048"
  })
  void outputsGradientsAndBuffersAreTheOfficialOnes(
      String name, int resolution, int ch, int classes, int features) throws IOException {
    GoldenLines golden = GoldenLines.of(name);
    BigGanConfig config =
        BigGanConfig.of(resolution, ch).withClasses(classes).withFeatures(features);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      BigGanDiscriminator discriminator = new BigGanDiscriminator(manager, config);
      assertNames(golden, generator, discriminator);
      fill("G", generator);
      fill("D", discriminator);
      NDArray real = HashedValues.of(manager, "real", new Shape(BATCH, 3, resolution, resolution));

      NDArray z = HashedValues.of(manager, "z", new Shape(BATCH, config.latentWidth()));
      Condition fakes = condition(manager, config, 0);
      Condition reals = condition(manager, config, 1);
      NDArray images = generator.forward(z, fakes, Mode.EVALUATION);
      GoldenChecks.assertOutput(golden, "images", images);
      GoldenChecks.assertOutput(
          golden, "scores-of-images", discriminator.forward(images, fakes, Mode.EVALUATION));
      GoldenChecks.assertOutput(
          golden, "scores-of-real", discriminator.forward(real, reals, Mode.EVALUATION));

      AdversarialLosses losses = new AdversarialLosses(generator, discriminator);
      NDArray discriminating;
      NDArray generating;
      try (Gradients.Recording recording = Gradients.record()) {
        NDArray zD = HashedValues.of(manager, "z.D", z.getShape());
        Losses ofD = losses.discriminator(zD, condition(manager, config, 2), real, reals);
        discriminating = ofD.total();
        GoldenChecks.assertGradients(golden, "D", discriminating, discriminator);
        NDArray zG = HashedValues.of(manager, "z.G", z.getShape());
        generating = losses.generator(zG, condition(manager, config, 3)).total();
        GoldenChecks.assertGradients(golden, "G", generating, generator);
      }
      GoldenChecks.assertOutput(golden, "losses", discriminating.stack(generating));
      GoldenChecks.assertBuffers(golden, "G", generator);
      GoldenChecks.assertBuffers(golden, "D", discriminator);
    }
  }

  @ParameterizedTest
  @CsvSource({"128", "256"})
  void namesAndShapesOfLargerNetworksAreTheOfficialOnes(int resolution) throws IOException {
    BigGanConfig config =
        BigGanConfig.of(resolution, 8).withClasses(CLASSES).withFeatures(FEATURES);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertNames(
          GoldenLines.of("classes-and-instances-" + resolution),
          new BigGanGenerator(manager, config),
          new BigGanDiscriminator(manager, config));
    }
  }

  @Test
  void parametersAreAsManyAsInEveryOfficialConfiguration() throws IOException {
    for (List<String> line : GoldenLines.of("counts").lines()) {
      BigGanConfig config =
          BigGanConfig.of(Integer.parseInt(line.get(2)), Integer.parseInt(line.get(3)))
              .withClasses(Integer.parseInt(line.get(4)))
              .withFeatures(Integer.parseInt(line.get(5)));
      // The official generator embeds 1000 classes even where nothing reads it.
      long unused = config.hasClasses() ? 0 : 1000L * config.classWidth();
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        long generator = new BigGanGenerator(manager, config).parameterCount() + unused;
        long discriminator = new BigGanDiscriminator(manager, config).parameterCount();
        assertEquals(line.subList(6, 8), List.of("" + generator, "" + discriminator), line.get(1));
      }
    }
  }

  private static void assertNames(
      GoldenLines golden, BigGanGenerator generator, BigGanDiscriminator discriminator) {
    assertNames(golden, "G", generator, generator.config());
    assertNames(golden, "D", discriminator, discriminator.config());
  }

  private static void assertNames(
      GoldenLines golden, String label, Layer network, BigGanConfig config) {
    Map<String, String> expected = GoldenChecks.names(golden, label);
    if (!config.hasClasses()) {
      // The official generator has it even where nothing reads it.
      expected.remove("shared.weight");
    }
    GoldenChecks.assertNames(expected, network);
  }

  private static void fill(String label, Layer network) {
    Map<String, NDArray> values = new LinkedHashMap<>(network.parameters());
    values.putAll(network.buffers());
    values.replaceAll(
        (own, array) -> {
          NDArray value = HashedValues.of(network.manager(), label + "." + own, array.getShape());
          if (own.endsWith("stored_var")) {
            return value.mul(0.5).add(1);
          }
          return own.endsWith(".bias") ? value.mul(0.03) : value;
        });
    network.load(values);
    network.parameters().values().forEach(array -> array.setRequiresGradient(true));
  }

  private static Condition condition(NDManager manager, BigGanConfig config, int offset) {
    Condition condition = Condition.NONE;
    if (config.hasClasses()) {
      long[] labels =
          IntStream.range(0, BATCH).mapToLong(i -> (i * 2 + offset) % CLASSES).toArray();
      condition = condition.withLabels(manager.create(labels));
    }
    if (config.hasFeatures()) {
      Shape shape = new Shape(BATCH, FEATURES);
      condition = condition.withFeatures(HashedValues.of(manager, "features" + offset, shape));
    }
    return condition;
  }
}
