package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import partita.models.metric.SegmentationDistance;
import partita.models.network.SqueezeNet;
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

  /** Images red on the left and blue on the right, and layouts that say so of 14 pixels of 16. */
  private void redAndBlue(String images) throws IOException {
    for (int i = 0; i < 2; i++) {
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      for (int x = 0; x < 4; x++) {
        for (int y = 0; y < 4; y++) {
          image.setRGB(x, y, x < 2 ? 0xFF0000 : 0x0000FF);
        }
      }
      Files.createDirectories(folder.resolve(images));
      write(images + "/" + i + ".png", image);
      map("layouts/" + i + ".png", 4, 0, 0, 2, 2, 0, 0, 2, 2, 0, 0, 2, 1, 0, 0, 2, 1);
    }
  }

  @Test
  void oneSegmentationOfASetServesAllMetrics() throws IOException {
    redAndBlue("generated");
    images("more", 2, 4, 7);
    for (int i = 0; i < 2; i++) {
      Files.move(folder.resolve("more/100" + i + ".png"), folder.resolve("more/" + i + ".png"));
    }
    images("real", 3, 4, 8);
    String network = "--network=" + NETWORKS.resolve("brightest-channel.pt");
    String[] words = {
      "--real=real", "--generated=generated", "--metrics=fsd,miou,pixel-accuracy", network
    };
    assertRefused("name the layouts of miou by --layouts=FOLDER", words);
    String layouts = "--layouts=layouts";
    Map<String, JsonNode> figures = score(words[0], words[1], words[2], network, layouts);
    assertEquals(14 / 16.0, value(figures, "pixel-accuracy(brightest-channel.pt)"));
    assertEquals(
        SegmentationDistance.of(shares("real", 3), shares("generated", 2)).value(),
        value(figures, "fsd(brightest-channel.pt)"),
        1e-6);
    // Images, maps and figures of two metrics, the images and maps of the reference.
    assertEquals(6, artifacts());
    score("--real=real", "--generated=generated,more", "--metrics=fsd", network);
    assertEquals(9, artifacts(), "images, maps and distance of the second set alone");
    assertRefused("Cannot use --layouts=", words[0], words[1], "--metrics=miou", network, layouts);
  }

  /** Shares of red, green and blue where each is the brightest. */
  private ArrayRows shares(String images, int count) throws IOException {
    float[] shares = new float[3 * count];
    List<Path> files;
    try (Stream<Path> found = Files.list(folder.resolve(images))) {
      files = found.sorted().toList();
    }
    for (int i = 0; i < count; i++) {
      BufferedImage image = ImageIO.read(files.get(i).toFile());
      for (int pixel = 0; pixel < 16; pixel++) {
        int rgb = image.getRGB(pixel % 4, pixel / 4);
        int[] color = {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
        int brightest = color[1] > color[0] ? 1 : 0;
        shares[3 * i + (color[2] > color[brightest] ? 2 : brightest)] += 1 / 16f;
      }
    }
    return new ArrayRows(shares, 3);
  }

  @Test
  void networkSegmentsGeneratedImages() throws IOException {
    redAndBlue("generated");
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
    words[2] = "--metrics=fsd";
    images("odd", 2, 20, 3);
    assertRefused(
        "images of 20 x 20, with a UNet: expected sides that are multiples of 16",
        "--real=odd",
        words[1],
        words[2],
        words[3]);
  }

  @Test
  void importedUNetIsNamedAsItWasImported() throws IOException {
    images("generated", 2, 16, 3);
    String[] words = {
      "--real=generated", "--generated=generated", "--metrics=fsd", "--network=unet"
    };
    assertRefused("no network of this name was imported", words);
    Path file = folder.resolve("unet.safetensors");
    ToyWeights.write(file, new UNet.Config(2, 4));
    assertEquals(CommandLine.OK, command("import", file.toString(), "--as=unet"), this::err);
    assertEquals(0, value(score(words), "fsd(unet-width-2)"), 1e-6);
    Path other = folder.resolve("squeezenet.safetensors");
    ToyWeights.write(other, new SqueezeNet.Config(0));
    assertEquals(CommandLine.OK, command("import", other.toString(), "--as=squeezenet"), this::err);
    words[3] = "--network=squeezenet";
    assertRefused("Cannot segment with squeezenet of squeezenet: expected a UNet's", words);
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
    String[] fsd = {"--real=layouts", "--generated=more", "--metrics=fsd", "--classes=5000"};
    assertRefused("Cannot use --classes=5000 with fsd: expected at most 4,096", fsd);
    fsd[3] = "--classes=2";
    assertRefused("Cannot compute fsd of layouts: it has 1 label map, expected at least 2", fsd);
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
