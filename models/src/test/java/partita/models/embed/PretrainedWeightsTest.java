package partita.models.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;
import partita.models.network.ResNetConfig;
import partita.models.network.Vgg;
import partita.models.train.NetworkWeights;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;

/** Weights of a small ResNet that weights.py wrote with PyTorch. */
class PretrainedWeightsTest {
  private static final ResNetConfig SHAPE = new ResNetConfig(List.of(1, 1), 2, 0);
  @TempDir Path folder;

  @Test
  void classesAreThoseOfTheFileAndEveryArrayIsLoaded() throws IOException {
    try (WeightFile file = WeightFile.open(copy("resnet-classes-zip"));
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PretrainedWeights.Found found = PretrainedWeights.check(file, SHAPE);
      Architecture architecture = found.architecture();
      assertEquals(SHAPE.withClasses(3), architecture);
      assertEquals(
          "{conv1=2, maxpool=2, layer1.0=8, layer1=8, layer2.0=16, layer2=16, avgpool=16, fc=3}",
          found.layers().toString());
      PretrainedNetwork network = architecture.build(manager);
      NetworkWeights.load(
          network, architecture.family(), PretrainedWeights.read(file, architecture));
      assertArrayEquals(
          new float[] {1, 1.125f},
          network.buffers().get("layer1.0.bn1.running_var").toFloatArray());
      float[] expected = new float[48];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (i % 16 - 8) / 8f;
      }
      assertArrayEquals(expected, network.parameters().get("fc.weight").toFloatArray());
    }
  }

  @Test
  void selfSupervisedFileHasNoClassesAndItsHeadsAreLeftAside() throws IOException {
    try (WeightFile file = WeightFile.open(copy("resnet-swav-legacy"))) {
      assertEquals(SHAPE, PretrainedWeights.check(file, SHAPE).architecture());
    }
  }

  @Test
  void everythingThatDoesNotFitIsNamedAtOnce() throws IOException {
    Path path = copy("resnet-classes-zip");
    try (WeightFile file = WeightFile.open(path)) {
      ResNetConfig other = new ResNetConfig(List.of(2), 2, 0);
      String message =
          assertThrows(WeightFileException.class, () -> PretrainedWeights.check(file, other))
              .getMessage();
      List<String> lines = message.lines().toList();
      assertEquals(
          "Cannot use weights %s for ResNet: %d of its arrays do not fit; choose the file of this architecture:"
              .formatted(path, lines.size() - 1),
          lines.get(0));
      assertEquals(1 + 15 + 20 + 1, lines.size(), message);
      for (String line :
          List.of(
              "  missing layer1.1.conv1.weight [2, 8, 1, 1]",
              "  missing layer1.1.bn3.running_var [8]",
              "  fc.weight is [3, 16], expected [3, 8]",
              "  unexpected layer2.0.bn1.bias [4]")) {
        assertTrue(lines.contains(line), message);
      }
    }
  }

  @Test
  void networkOfAnotherKindIsToldInOneLine() throws IOException {
    Path path = copy("resnet-classes-zip");
    try (WeightFile file = WeightFile.open(path)) {
      assertEquals(
          "Cannot use weights %s for vgg: they have layer1.0.conv1.weight as resnet has, and no features.2.weight; choose the file of this network, or the network of this file"
              .formatted(path),
          assertThrows(
                  WeightFileException.class,
                  () -> PretrainedWeights.check(file, new Vgg.Config(16, 0)))
              .getMessage());
    }
  }

  private Path copy(String name) throws IOException {
    Path path = folder.resolve(name + ".pth");
    try (InputStream in = WeightFile.class.getResourceAsStream(name + ".pth")) {
      Files.copy(in, path);
    }
    return path;
  }
}
