package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
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
import partita.models.gan.GanNetworks.Labeling;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.network.Condition;
import partita.models.network.GoldenChecks;
import partita.models.network.GoldenLines;
import partita.models.network.HashedValues;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

/**
 * Both networks of each architecture, a step of D with and without R1 and a step of G, against the
 * official code, which {@code image_gan_reference.py} ran unmodified in float64.
 */
class ImageGanReferenceTest {
  private static final String FILE = "/partita/models/gan/image_gan_reference.txt";
  private static final int BATCH = 6;
  private static final int LATENT = 10;
  private static final float PENALTY_WEIGHT = 10;

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @ParameterizedTest
  @CsvSource({
    "shallow-labels, dcgan_shallow, 5, 1, 4, 32, false",
    "shallow-packed, dcgan_shallow, 0, 2, 4, 32, false",
    "shallow-penalty, dcgan_shallow, 5, 1, 4, 32, true",
    "deep-labels, dcgan_deep, 5, 1, 4, 32, true",
    "deep-packed, dcgan_deep, 0, 3, 4, 32, false",
    "resnet-labels, resnet2, 5, 1, 2, 64, true",
    "resnet-plain, resnet2, 0, 1, 3, 32, false"
  })
  void outputsGradientsAndBuffersAreTheOfficialOnes(
      String name,
      String architecture,
      int labels,
      int packing,
      int width,
      int resolution,
      boolean penalized)
      throws IOException {
    GoldenLines golden = GoldenLines.of(FILE, name);
    GanNetworks networks =
        networks(architecture, config(LATENT, labels, packing, width), resolution);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      LabelGenerator generator = networks.generator(manager);
      LabelDiscriminator discriminator = networks.discriminator(manager);
      fill(golden, "G", generator);
      fill(golden, "D", discriminator);
      NDArray real = HashedValues.of(manager, "real", new Shape(BATCH, 3, resolution, resolution));
      NDArray z = latent(manager, "z");
      Condition first = condition(manager, labels, 0);
      Condition second = condition(manager, labels, 1);

      NDArray images = generator.forward(z, first, Mode.EVALUATION);
      GoldenChecks.assertOutput(golden, "images", images);
      NDArray features = discriminator.features(real, Mode.EVALUATION);
      GoldenChecks.assertOutput(golden, "features-of-real", features);
      NDArray scores = discriminator.score(features, second, Mode.EVALUATION);
      GoldenChecks.assertOutput(golden, "scores-of-real", scores);

      NDArray loss;
      NDArray penalty = manager.create(0f);
      try (Gradients.Recording recording = Gradients.record()) {
        if (penalized) {
          real.setRequiresGradient(true);
        }
        NDArray ofReal = score(discriminator, real, second);
        NDArray fake = generator.forward(latent(manager, "z.step"), second, Mode.TRAINING);
        NDArray ofFake = score(discriminator, fake.stopGradient(), second);
        loss = softplus(ofReal.neg()).add(softplus(ofFake));
        if (penalized) {
          NDArray gradient = Gradients.differentiable(ofReal.sum(), List.of(real)).get(0);
          penalty = gradient.square().sum().mul(PENALTY_WEIGHT / BATCH);
        }
        GoldenChecks.assertGradients(golden, "D", loss.add(penalty), discriminator);
        NDArray lossOfG = softplus(score(discriminator, fake, second).neg());
        GoldenChecks.assertGradients(golden, "G", lossOfG, generator);
        GoldenChecks.assertOutput(
            golden, "losses", NDArrays.stack(new NDList(loss, lossOfG, penalty)));
      }
      GoldenChecks.assertBuffers(golden, "G", generator);
      GoldenChecks.assertBuffers(golden, "D", discriminator);
    }
  }

  @Test
  void parametersAndFeaturesAreAsManyAsTheOfficialOnes() throws IOException {
    for (List<String> line : GoldenLines.of(FILE, "counts").lines()) {
      int[] numbers = line.stream().skip(2).mapToInt(Integer::parseInt).toArray();
      GanNetworks networks =
          networks(line.get(1), config(numbers[0], numbers[1], numbers[2], 64), 128);
      assertEquals(numbers[3], networks.featureWidth(), line.toString());
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        assertEquals(numbers[4], networks.generator(manager).parameterCount(), line.toString());
      }
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        assertEquals(numbers[5], networks.discriminator(manager).parameterCount(), line.toString());
      }
    }
  }

  private static ImageGanConfig config(int latentWidth, int labels, int packing, int width) {
    Labeling labeling = labels > 0 ? Labeling.EMBEDDED : Labeling.NONE;
    return new ImageGanConfig(labeling, labels, labels > 0 ? 1 : packing, latentWidth, 3, width);
  }

  private static GanNetworks networks(String architecture, ImageGanConfig config, int resolution) {
    return switch (architecture) {
      case "dcgan_shallow" -> new ShallowDcgan(config);
      case "dcgan_deep" -> new DeepDcgan(config);
      default -> new MeschederResNet(config, resolution);
    };
  }

  /** As the script fills the official networks, whose arrays must be these. */
  private static void fill(GoldenLines golden, String label, Layer network) {
    GoldenChecks.assertNames(GoldenChecks.names(golden, label), network);
    Map<String, NDArray> values = new LinkedHashMap<>(network.parameters());
    values.putAll(network.buffers());
    values.replaceAll(
        (own, array) -> {
          Shape shape = array.getShape();
          NDArray value = HashedValues.of(network.manager(), label + "." + own, shape);
          if (own.endsWith("running_var")) {
            return value.mul(0.5).add(1);
          } else if (own.endsWith(".bias")) {
            return value.mul(0.125);
          }
          return shape.dimension() > 1 ? value.mul(2 / Math.sqrt(shape.slice(1).size())) : value;
        });
    network.load(values);
    network.parameters().values().forEach(array -> array.setRequiresGradient(true));
  }

  private static NDArray latent(NDManager manager, String name) {
    return HashedValues.of(manager, name, new Shape(BATCH, LATENT));
  }

  private static Condition condition(NDManager manager, int labels, int offset) {
    return labels == 0
        ? Condition.NONE
        : Condition.NONE.withLabels(
            manager.create(
                IntStream.range(0, BATCH).mapToLong(i -> (i * 2 + offset) % labels).toArray()));
  }

  private static NDArray score(
      LabelDiscriminator discriminator, NDArray images, Condition condition) {
    NDArray features = discriminator.features(images, Mode.TRAINING);
    return discriminator.score(features, condition, Mode.TRAINING);
  }

  /** Mean of log(1 + exp(x)). */
  private static NDArray softplus(NDArray x) {
    return x.exp().add(1).log().mean();
  }
}
