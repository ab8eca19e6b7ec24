package partita.pipelines.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.network.ResNetConfig;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.Stage;

class ImportedNetworkTest {
  @TempDir Path folder;

  @Test
  void stageIsThatOfAnExperimentWhichEmbedsByTheSameFile() throws IOException {
    Path weights = PretendWeights.write(folder.resolve("resnet50.pth"), ResNetConfig.resNet50(0));
    Path images = Files.createDirectory(folder.resolve("images"));
    for (int i = 0; i < 60; i++) {
      try (var pixel = SystemsTest.class.getResourceAsStream("pixel.png")) {
        Files.copy(pixel, images.resolve(i + ".png"));
      }
    }
    Stage expected =
        new Systems(folder.resolve("cache"), unused -> {})
            .load(
                new ExperimentRequest(
                    "ic-gan/folder-64-resnet",
                    images.toString(),
                    List.of("neighbors.k=5", "instances.count=5", "embedding.weights=" + weights),
                    null))
            .stage("weights");
    assertEquals(expected, ImportedNetwork.RESNET_50.importing(weights));
  }

  @Test
  void networkOrFileThatCannotBeUsedIsAnswered() throws IOException {
    Path text = Files.writeString(folder.resolve("page.pth"), "not found");
    assertTrue(refusal("resnet50", text).contains("did you mean 'resnet-50'?"));
    assertTrue(refusal("resnet-50", text).startsWith("Cannot read weights " + text));
  }

  private static String refusal(String network, Path file) {
    return assertThrows(BadInputException.class, () -> ImportedNetwork.of(network).importing(file))
        .getMessage();
  }
}
