package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import partita.models.metric.SegmentationDistance;
import partita.models.network.UNet;
import partita.models.row.ArrayRows;

/** The figures of label maps, given or made by a network, and what is refused of them. */
class ScoreMapsTest extends ScoreFixture {
  private static final Path NETWORKS =
      Path.of("../models/src/test/resources/partita/models/network");

  @Test
  void agreementIsOverAllPixelsThatTheLayoutsLabel() throws IOException {
    map("layouts/a.png", 2, 0, 0, 1, 255);
    map("layouts/deep/b.png", 3, 1, 1, 2);
    map("found/a.png", 2, 0, 1, 1, 0);
    map("found/deep/b.png", 3, 1, 0, 2);
    Map<String, JsonNode> figures =
        score(
            "--real=layouts", "--generated=found", "--metrics=miou,pixel-accuracy", "--classes=4");

    // Class 0: 1 of 3 pixels, class 1: 2 of 4, class 2: 1 of 1; class 3 does not occur.
    assertEquals((1 / 3.0 + 0.5 + 1) / 3, value(figures, "miou"), 1e-12);
    assertEquals(4 / 6.0, value(figures, "pixel-accuracy"), 1e-12);
    assertEquals(2, figures.get("miou").path("realCount").asInt());
    assertEquals("label maps", figures.get("miou").path("protocol").asText());
    assertTrue(figures.get("miou").path("definition").asText().contains("classes that occur"));
    assertEquals(2, figures.size());
    String[] one = {"--real=layouts", "--generated=found", "--metrics=miou", "--classes=4"};
    assertEquals(Set.of("miou"), score(one).keySet());
  }

  @Test
  void distanceOfGivenMapsIsOfTheSharesOfTheirClasses() throws IOException {
    map("real/a.png", 2, 0, 0, 1, 1);
    map("real/b.png", 2, 0, 1, 1, 255);
    map("generated/c.png", 2, 0, 0, 0, 1);
    map("generated/d.png", 4, 1, 1, 1, 1);
    double expected =
        SegmentationDistance.of(
                new ArrayRows(new float[] {.5f, .5f, .25f, .5f}, 2),
                new ArrayRows(new float[] {.75f, .25f, 0, 1}, 2))
            .value();
    Map<String, JsonNode> figures =
        score("--real=real", "--generated=generated", "--metrics=fsd", "--classes=2");
    assertEquals(expected, value(figures, "fsd(given maps)"), 1e-9 * expected);
  }

  @Test
  void networkSegmentsGeneratedImages() throws IOException {
    for (int i = 0; i < 2; i++) {
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      for (int x = 0; x < 4; x++) {
        for (int y = 0; y < 4; y++) {
          image.setRGB(x, y, x < 2 ? 0xFF0000 : 0x0000FF);
        }
      }
      Files.createDirectories(folder.resolve("generated"));
      write("generated/" + i + ".png", image);
      map("layouts/" + i + ".png", 4, 0, 0, 2, 2, 0, 0, 2, 2, 0, 0, 2, 1, 0, 0, 2, 1);
    }
    String network = "--network=" + NETWORKS.resolve("brightest-channel.pt");
    Map<String, JsonNode> figures =
        score("--real=layouts", "--generated=generated", "--metrics=pixel-accuracy", network);
    JsonNode figure = figures.get("pixel-accuracy(brightest-channel.pt)");
    assertEquals(14 / 16.0, figure.path("value").asDouble());
    assertEquals("TorchScript sees RGB in [0, 1]", figure.path("protocol").asText());

    Map<String, JsonNode> distance =
        score("--real=generated", "--generated=generated", "--metrics=fsd", network);
    assertEquals(0, value(distance, "fsd(brightest-channel.pt)"), 1e-6);
    assertRefused(
        "Cannot take 7 classes: the network has 3",
        "--real=generated",
        "--generated=generated",
        "--metrics=fsd",
        "--classes=7",
        network);
  }

  @Test
  void uNetOfAnyWidthSegmentsFromItsWeights() throws IOException {
    images("generated", 2, 16, 3);
    Path file = folder.resolve("unet.safetensors");
    ToyWeights.write(file, new UNet.Config(2, 4));
    String[] words = {
      "--real=generated", "--generated=generated", "--metrics=fsd", "--network=" + file
    };
    JsonNode figure = score(words).get("fsd(unet-width-2)");
    assertEquals(0, figure.path("value").asDouble(), 1e-6);
    assertEquals("UNet sees RGB in [-1, 1]", figure.path("protocol").asText());
    assertTrue(figure.path("definition").asText().startsWith("shares of 4 classes"));
    words[2] = "--metrics=fid";
    assertRefused("Cannot embed with unet-width-2: it segments images", words);
  }

  @Test
  void networkThatReachesForFilesIsRefused() throws IOException {
    images("real", 2, 4, 1);
    assertRefused(
        "names 'from_file', which may reach files",
        "--real=real",
        "--generated=real",
        "--metrics=fsd",
        "--network=" + NETWORKS.resolve("reads-a-file.pt"));
    assertRefused(
        "Cannot segment with resnet-1-1-width-2",
        "--real=real",
        "--generated=real",
        "--metrics=fsd",
        "--network=" + WEIGHTS);
  }

  @Test
  void mapsThatDoNotPairUpAreRefusedByName() throws IOException {
    map("layouts/a.png", 2, 0, 0, 1, 1);
    map("alien/a.png", 2, 0, 0, 1, 3);
    map("small/a.png", 2, 0, 0);
    map("other/b.png", 2, 0, 0, 1, 1);
    map("more/a.png", 2, 0, 0, 1, 1);
    map("more/b.png", 2, 0, 0, 1, 1);
    Files.createDirectories(folder.resolve("color"));
    write("color/a.png", new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB));
    assertMaps("label map alien/a.png: pixel (1, 1) is of class 3, expected 0 to 1", "alien");
    assertMaps("label map layouts/a.png: it is 2 x 2 and a of small is 2 x 1", "small");
    assertMaps("label map layouts/a.png: other holds no a of any ending", "other");
    assertMaps("label map more/b.png: layouts holds no b of any ending", "more");
    assertMaps("label map color/a.png: it has 3 channels, expected one", "color");
    assertMaps("label maps of nowhere: there is no such folder", "nowhere");
    assertRefused(
        "expected --classes=N", "--real=layouts", "--generated=layouts", "--metrics=miou");
    assertRefused(
        "Cannot compute fid and miou together",
        "--real=layouts",
        "--generated=layouts",
        "--metrics=miou,fid",
        "--classes=2");
  }

  private void assertMaps(String message, String generated) throws IOException {
    assertRefused(
        message, "--real=layouts", "--generated=" + generated, "--metrics=miou", "--classes=2");
  }
}
