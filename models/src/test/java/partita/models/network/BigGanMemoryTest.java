package partita.models.network;

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
import partita.models.layer.Mode;
import partita.models.loss.HingeLoss;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

/** An operation attaches its result to its first argument's manager: the parameters' lives on. */
@EnabledOnOs(OS.LINUX)
class BigGanMemoryTest {
  private static final int BATCH = 4;

  /** A step computes 4 MB; the JVM's own heap accounts for some growth. */
  @Test
  void hundredsOfStepsKeepNeitherArraysNorMemory() throws IOException {
    NativeThreads.set(1);
    BigGanConfig config = BigGanConfig.of(32, 1).withImageChannels(1).withFeatures(4);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      BigGanGenerator generator = new BigGanGenerator(manager, config);
      BigGanDiscriminator discriminator = new BigGanDiscriminator(manager, config);
      generator.initialize(1);
      discriminator.initialize(2);
      generator.parameters().values().forEach(array -> array.setRequiresGradient(true));
      discriminator.parameters().values().forEach(array -> array.setRequiresGradient(true));
      int arrays = manager.getManagedArrays().size();
      long before = 0;
      for (int i = 0; i < 300; i++) {
        if (i == 50) {
          before = residentMegabytes();
        }
        step(manager, generator, discriminator);
        assertEquals(arrays, manager.getManagedArrays().size(), "arrays after step " + i);
      }
      long grown = residentMegabytes() - before;
      assertTrue(grown < 120, "resident memory grew by " + grown + " MB in 250 steps");
    }
  }

  private static void step(
      NDManager manager, BigGanGenerator generator, BigGanDiscriminator discriminator) {
    try (NDScope scope = new NDScope();
        Gradients.Recording recording = Gradients.record()) {
      scope.suppressNotUsedWarning();
      Condition condition = Condition.NONE.withFeatures(manager.ones(new Shape(BATCH, 4)));
      NDArray z = manager.ones(new Shape(BATCH, generator.config().latentWidth()));
      NDArray images = generator.forward(z, condition, Mode.TRAINING);
      NDArray scores = discriminator.forward(images, condition, Mode.TRAINING);
      Gradients.of(HingeLoss.onFake(scores), List.copyOf(discriminator.parameters().values()));
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
