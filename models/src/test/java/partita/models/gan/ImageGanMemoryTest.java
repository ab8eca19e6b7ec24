package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import partita.models.layer.Mode;
import partita.models.loss.GradientPenalty;
import partita.models.network.Condition;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

/** What training on images leaves in native memory. */
@EnabledOnOs(OS.LINUX)
class ImageGanMemoryTest {
  private static final int BATCH = 4;

  /**
   * R1 differentiates twice; a graph that refers to itself would never be freed. A step computes 10
   * MB; the JVM's own heap accounts for some growth.
   */
  @Test
  void aPenaltyOnTheGradientKeepsNeitherArraysNorMemory() throws IOException {
    NativeThreads.set(1);
    ShallowDcgan networks =
        new ShallowDcgan(new ImageGanConfig(GanNetworks.Labeling.EMBEDDED, 3, 1, 8, 3, 8));
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LabelDiscriminator discriminator = networks.discriminator(manager);
      discriminator.initialize(1);
      discriminator.parameters().values().forEach(array -> array.setRequiresGradient(true));
      int arrays = manager.getManagedArrays().size();
      long before = 0;
      for (int i = 0; i < 45; i++) {
        if (i == 15) {
          before = residentMegabytes();
        }
        step(manager, discriminator);
        assertEquals(arrays, manager.getManagedArrays().size(), "arrays after step " + i);
      }
      long grown = residentMegabytes() - before;
      assertTrue(grown < 60, "resident memory grew by " + grown + " MB in 30 steps");
    }
  }

  /** Online clusters ask for features after a step, where no scope frees what they leave. */
  @ParameterizedTest
  @MethodSource("architectures")
  void featuresLeaveNothingElseBehind(ImageGanNetworks networks) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LabelDiscriminator discriminator = networks.discriminator(manager);
      discriminator.initialize(1);
      NDArray images = manager.ones(new Shape(2, 3, 32, 32));
      int arrays = manager.getManagedArrays().size();
      discriminator.features(images, Mode.EVALUATION).close();
      assertEquals(arrays, manager.getManagedArrays().size());
    }
  }

  static List<ImageGanNetworks> architectures() {
    ImageGanConfig config = new ImageGanConfig(GanNetworks.Labeling.NONE, 0, 1, 8, 3, 2);
    return List.of(
        new ShallowDcgan(config), new DeepDcgan(config), new MeschederResNet(config, 32));
  }

  private static void step(NDManager manager, LabelDiscriminator discriminator) {
    try (NDScope scope = new NDScope();
        Gradients.Recording recording = Gradients.record()) {
      scope.suppressNotUsedWarning();
      NDArray images = manager.ones(new Shape(BATCH, 3, 32, 32));
      images.setRequiresGradient(true);
      Condition condition = Condition.NONE.withLabels(manager.create(new long[] {0, 1, 2, 0}));
      NDArray features = discriminator.features(images, Mode.TRAINING);
      NDArray scores = discriminator.score(features, condition, Mode.TRAINING);
      NDArray loss = scores.mean().add(GradientPenalty.of(scores, images));
      Gradients.of(loss, List.copyOf(discriminator.parameters().values()));
    }
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
