package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static partita.models.layer.DirectionalDerivative.normals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.op.Activation;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

class BigGanTest {

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @ParameterizedTest
  @CsvSource({
    "32, 2, 1, 0, 8",
    "64, 8, 3, 0, 8",
    "64, 9, 3, 0, 8",
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
        condition = condition.withFeatures(normals(manager, "features", 3, features));
      }
      generator.parameters().values().forEach(p -> p.setRequiresGradient(true));
      discriminator.parameters().values().forEach(p -> p.setRequiresGradient(true));
      try (Gradients.Recording recording = Gradients.record()) {
        NDArray z = normals(manager, "z", 3, config.latentWidth());
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

  @Test
  void evaluationRepeatsItselfBitForBitAndChangesNoBuffer() {
    BigGanConfig config = BigGanConfig.of(32, 2).withFeatures(8);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      BigGanDiscriminator discriminator = new BigGanDiscriminator(manager, config);
      generator.initialize(1);
      discriminator.initialize(2);
      Condition condition = Condition.NONE.withFeatures(normals(manager, "features", 3, 8));
      NDArray z = normals(manager, "z", 3, config.latentWidth());
      List<byte[]> before = bytes(generator, discriminator);
      List<byte[]> outputs = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        NDArray images = generator.forward(z, condition, Mode.EVALUATION);
        outputs.add(images.toByteArray());
        outputs.add(discriminator.forward(images, condition, Mode.EVALUATION).toByteArray());
      }
      assertArrayEquals(outputs.get(0), outputs.get(2));
      assertArrayEquals(outputs.get(1), outputs.get(3));
      assertEqualBytes(before, bytes(generator, discriminator), true);
      NDArray images = generator.forward(z, condition, Mode.TRAINING);
      discriminator.forward(images, condition, Mode.TRAINING);
      assertEqualBytes(before, bytes(generator, discriminator), false);
    }
  }

  private static List<byte[]> bytes(Layer... networks) {
    // Without sv0: the spectral norm of an orthogonal weight is 1 before and after.
    return Stream.of(networks)
        .flatMap(network -> network.buffers().entrySet().stream())
        .filter(buffer -> !buffer.getKey().endsWith("sv0"))
        .map(buffer -> buffer.getValue().toByteArray())
        .toList();
  }

  private static void assertEqualBytes(List<byte[]> first, List<byte[]> second, boolean equal) {
    for (int i = 0; i < first.size(); i++) {
      assertEquals(equal, Arrays.equals(first.get(i), second.get(i)), "buffer " + i);
    }
  }

  @Test
  void aRowsImageAndScoreDoNotDependOnItsBatchInEvaluation() {
    BigGanConfig config = BigGanConfig.of(32, 2).withClasses(4);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      generator.initialize(1);
      NDArray z = normals(manager, "z", 3, config.latentWidth());
      NDArray labels = manager.create(new long[] {0, 1, 2});
      NDArray all = generator.forward(z, Condition.NONE.withLabels(labels), Mode.EVALUATION);
      NDArray one =
          generator.forward(
              z.get("1:2"), Condition.NONE.withLabels(labels.get("1:2")), Mode.EVALUATION);
      assertArrayEquals(all.get("1:2").toFloatArray(), one.toFloatArray(), 1e-5f);
    }
  }

  @Test
  void layersAreTappedByName() {
    BigGanConfig config = BigGanConfig.of(32, 2).withImageChannels(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      BigGanDiscriminator discriminator = new BigGanDiscriminator(manager, config);
      generator.initialize(1);
      discriminator.initialize(2);
      NDArray z = normals(manager, "z", 3, config.latentWidth());
      Features features = new Features();
      NDArray images = generator.forward(z, Condition.NONE, Mode.EVALUATION, features);
      assertEquals(new Shape(3, 8, 4, 4), features.of("linear").getShape());
      assertEquals(new Shape(3, 8, 16, 16), features.of("blocks.1").getShape());
      Features taps = new Features();
      discriminator.forward(images, Condition.NONE, Mode.EVALUATION, taps);
      assertEquals(new Shape(3, 8, 8, 8), taps.of("blocks.3").getShape());
      NDArray pooled = Activation.relu(taps.of("blocks.3")).sum(new int[] {2, 3});
      assertArrayEquals(pooled.toFloatArray(), taps.of("pooled").toFloatArray());
      var error = assertThrows(IllegalArgumentException.class, () -> taps.of("blocks.4"));
      assertEquals(
          "Cannot take features of layer blocks.4: the network has [blocks.0, blocks.1, blocks.2,"
              + " blocks.3, pooled]",
          error.getMessage());
    }
  }

  @Test
  void inputsOfAnotherShapeAreRefused() {
    BigGanConfig config = BigGanConfig.of(32, 2);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      BigGanDiscriminator discriminator = new BigGanDiscriminator(manager, config);
      NDArray z = manager.ones(new Shape(3, 100));
      NDArray images = manager.ones(new Shape(3, 1, 32, 32));
      var generating =
          assertThrows(
              IllegalArgumentException.class,
              () -> generator.forward(z, Condition.NONE, Mode.TRAINING));
      assertEquals(
          "Cannot generate: z has shape (3, 100), expected (N, 120)", generating.getMessage());
      var judging =
          assertThrows(
              IllegalArgumentException.class,
              () -> discriminator.forward(images, Condition.NONE, Mode.TRAINING));
      assertEquals(
          "Cannot discriminate: images have shape (3, 1, 32, 32), expected (N, 3, 32, 32)",
          judging.getMessage());
    }
  }
}
