package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.layer.Mode;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

class BigGanTest {

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  /** Counts of the official code, without its unused 1000 x 128 class embedding where unlabeled. */
  @ParameterizedTest
  @CsvSource({
    "64, 64, 0, 2048, 36655876",
    "128, 96, 0, 2048, 77160132",
    "256, 96, 0, 2048, 90014340",
    "128, 48, 0, 2048, 22271076",
    "256, 48, 0, 2048, 25861956",
    "256, 64, 0, 2048, 42860804",
    "64, 64, 1000, 2048, 37868292",
    "128, 96, 1000, 2048, 79052484",
    "256, 96, 1000, 2048, 92299908",
    "64, 64, 1000, 0, 31969540",
    "128, 96, 1000, 0, 70433988",
    "256, 64, 1000, 0, 37240580",
  })
  void generatorHasAsManyParametersAsTheOfficialOne(
      int resolution, int channels, int classes, int features, long official) {
    BigGanConfig config =
        BigGanConfig.of(resolution, channels).withClasses(classes).withFeatures(features);
    long unused = classes == 0 ? 1000 * 128 : 0;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertEquals(official - unused, new BigGanGenerator(manager, config).parameterCount());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "32, 2, 1, 0, 8",
    "64, 8, 3, 0, 8",
    "32, 2, 3, 5, 8",
    "32, 2, 3, 5, 0",
    "32, 2, 3, 0, 0"
  })
  void gradientsReachEveryParameterOfBoth(
      int resolution, int channels, int imageChannels, int classes, int features) {
    BigGanConfig config =
        BigGanConfig.of(resolution, channels)
            .withImageChannels(imageChannels)
            .withClasses(classes)
            .withFeatures(features);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      generator.initialize(1);
      BigGanDiscriminator discriminator = new BigGanDiscriminator(manager, config);
      discriminator.initialize(2);
      Condition condition = Condition.NONE;
      if (classes > 0) {
        condition = condition.withLabels(manager.create(new long[] {0, 3, 4}));
      }
      if (features > 0) {
        condition = condition.withFeatures(manager.randomNormal(new Shape(3, features)));
      }
      generator.parameters().values().forEach(p -> p.setRequiresGradient(true));
      discriminator.parameters().values().forEach(p -> p.setRequiresGradient(true));
      try (Gradients.Recording recording = Gradients.record()) {
        NDArray z = manager.randomNormal(new Shape(3, config.latentWidth()));
        NDArray images = generator.forward(z, condition, Mode.TRAINING);
        assertEquals(new Shape(3, imageChannels, resolution, resolution), images.getShape());
        NDArray scores = discriminator.forward(images, condition, Mode.TRAINING);
        assertEquals(new Shape(3, 1), scores.getShape());
        List<NDArray> all = new ArrayList<>(generator.parameters().values());
        all.addAll(discriminator.parameters().values());
        for (NDArray gradient : Gradients.of(scores.square().sum(), all)) {
          assertTrue(Float.isFinite(gradient.abs().sum().getFloat()));
        }
      }
    }
  }
}
