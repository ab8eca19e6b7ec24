package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import partita.models.embed.FidProtocol;
import partita.models.embed.ImageEmbedder;
import partita.models.embed.ImageNetPreparation;
import partita.models.embed.InputPreparation;
import partita.models.embed.PreparedNetwork;
import partita.models.embed.PretrainedWeights;
import partita.models.metric.FrechetDistance;
import partita.models.metric.InceptionScore;
import partita.models.metric.InceptionSplits;
import partita.models.metric.Moments;
import partita.models.network.ResNet;
import partita.models.network.ResNetConfig;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;
import partita.models.train.NetworkWeights;
import partita.models.weights.WeightFile;
import partita.schemas.artifact.Sha256;

/** The figures of images that the command {@code score} embeds or compares. */
class ScoreImagesTest extends ScoreFixture {
  /** Images that the command embeds at a time: the last bits of a product depend on its rows. */
  private static final int BATCH = 32;

  @Test
  void protocolPreparesImagesAndTheNetworkMayBeAnArtifact() throws IOException {
    List<Path> real = images("real", 6, 8, 1);
    List<Path> generated = images("generated", 5, 8, 100);
    String[] words = {
      "--real=real", "--generated=generated", "--metrics=fid", "--protocol=clean-fid", ""
    };
    words[4] = "--network=" + WEIGHTS;
    JsonNode byFile = score(words).get("fid(resnet-1-1-width-2)");
    double distance =
        FrechetDistance.between(
                moments(embed(real, FidProtocol.CLEAN_FID).features()),
                moments(embed(generated, FidProtocol.CLEAN_FID).features()))
            .value();
    assertEquals(distance, byFile.path("value").asDouble(), 1e-9 * distance);
    assertEquals("clean-fid", byFile.path("protocol").asText());

    words[4] = "--network=score:weights";
    JsonNode byArtifact = score(words).get("fid(resnet-1-1-width-2)");
    assertEquals(byFile.path("value").asDouble(), byArtifact.path("value").asDouble());
  }

  @Test
  void perceptualDistanceIsOfImageIToImageI() throws IOException {
    List<Path> real = images("real", 3, 32, 1);
    List<Path> generated = images("generated", 3, 32, 100);
    String files = ToyWeights.lpips(folder);
    double[] distances;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      distances =
          ToyWeights.perceptual(manager, files)
              .distances(new Decoded(real, 32), new Decoded(generated, 32), 0, 3);
    }
    double mean = (distances[0] + distances[1] + distances[2]) / 3;
    assertTrue(mean > 0, "distance");
    String lpips = "--lpips=" + files;
    JsonNode figure =
        score("--real=real", "--generated=generated", "--metrics=lpips", lpips)
            .get("lpips(squeezenet)");
    assertEquals(mean, figure.path("value").asDouble(), 1e-6 * mean, "float32 maps");
    assertEquals("lpips-v0.1", figure.path("protocol").asText());
    images("generated", 4, 32, 100);
    assertRefused(
        "it compares image i with image i",
        "--real=real",
        "--generated=generated",
        "--metrics=lpips",
        lpips);
    arrow("real.arrow", normal(20, 1, 0));
    assertRefused(
        "Cannot compute lpips of features: it needs the images",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=lpips",
        lpips);
    assertRefused(
        "lin0.model.1.weight is missing",
        "--real=real",
        "--generated=real",
        "--metrics=lpips",
        "--lpips=" + files.split(",", 2)[0] + "," + files.split(",", 2)[0]);
  }

  @Test
  void foldersOfImagesAreEmbeddedByTheNetworkOfAFile() throws IOException {
    List<Path> real = images("real", 14, 8, 1);
    List<Path> generated = images("generated/deeper", 12, 8, 100);
    Files.copy(real.get(3), folder.resolve("generated/copied.png"));
    Map<String, JsonNode> figures =
        score("--real=real", "--generated=generated", "--metrics=fid,is", "--network=" + WEIGHTS);

    List<Path> all = new ArrayList<>(List.of(folder.resolve("generated/copied.png")));
    all.addAll(generated);
    ImageEmbedder.Embedding one = embed(real);
    ImageEmbedder.Embedding other = embed(all);
    double distance =
        FrechetDistance.between(moments(one.features()), moments(other.features())).value();
    InceptionScore score =
        InceptionScore.ofLogits(new ArrayRows(other.logits(), 3), 10, InceptionSplits.CONTIGUOUS);
    JsonNode fid = figures.get("fid(resnet-1-1-width-2)");
    assertEquals(distance, fid.path("value").asDouble(), 1e-9 * distance);
    assertEquals("resnet-1-1-width-2 " + Sha256.of(WEIGHTS), fid.path("network").asText());
    JsonNode is = figures.get("is(resnet-1-1-width-2)");
    assertEquals(score.mean(), is.path("value").asDouble(), 1e-9);
    assertEquals(score.std(), is.path("std").asDouble(), 1e-9);
    List<String> warnings = new ArrayList<>();
    fid.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    assertTrue(
        warnings.contains("1 of the 13 images of generated are in real too, pixel for pixel"),
        warnings::toString);
    assertTrue(warnings.get(0).startsWith("13 rows are fewer than the 16 dimensions"));

    long before = artifacts();
    Map<String, JsonNode> alone =
        score("--generated=generated", "--metrics=is", "--network=" + WEIGHTS);
    JsonNode same = alone.get("is(resnet-1-1-width-2)");
    assertEquals(is.path("value").asDouble(), same.path("value").asDouble(), "without reference");
    assertEquals(1, same.path("warnings").size(), "that of the network");
    assertEquals(before, artifacts());
  }

  @Test
  void resolutionsMayDifferBetweenSidesAndNotWithinOne() throws IOException {
    images("real", 4, 8, 1);
    images("generated", 4, 10, 2);
    String warning =
        score("--real=real", "--generated=generated", "--metrics=fid", "--network=" + WEIGHTS)
            .get("fid(resnet-1-1-width-2)")
            .path("warnings")
            .toString();
    assertTrue(warning.contains("resolutions differ: real has images of 8 x 8"), warning);

    Files.copy(folder.resolve("real/1000.png"), folder.resolve("generated/small.png"));
    assertRefused(
        "Cannot score images of different sizes",
        "--real=real",
        "--generated=generated",
        "--metrics=fid",
        "--network=" + WEIGHTS);
    score(
        "--real=real",
        "--generated=generated",
        "--metrics=fid",
        "--network=" + WEIGHTS,
        "--resize=9");
  }

  @Test
  void grayImagesAndPhotosAreScoredAsColor() throws IOException {
    images("real", 4, 8, 1);
    Files.createDirectories(folder.resolve("gray"));
    for (int i = 0; i < 4; i++) {
      write("gray/" + i + ".png", new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY));
    }
    BufferedImage photo = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(photo, "jpg", folder.resolve("gray/photo.jpg").toFile());
    score("--real=real", "--generated=gray", "--metrics=fid", "--network=" + WEIGHTS);
  }

  private static Moments moments(float[] features) {
    return Moments.of(new ArrayRows(features, 16));
  }

  private static ImageEmbedder.Embedding embed(List<Path> files) throws IOException {
    return embed(files, ImageNetPreparation.STANDARD);
  }

  private static ImageEmbedder.Embedding embed(List<Path> files, InputPreparation preparation)
      throws IOException {
    ResNetConfig config = new ResNetConfig(List.of(1, 1), 2, 3);
    NativeThreads.set(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        WeightFile file = WeightFile.open(WEIGHTS)) {
      ResNet network = new ResNet(manager, config);
      NetworkWeights.load(network, config.family(), PretrainedWeights.read(file, config));
      PreparedNetwork embedder = new PreparedNetwork(network, preparation);
      return new ImageEmbedder(embedder, "avgpool", BATCH)
          .embed(new Decoded(files, 8), 0, files.size(), false);
    }
  }
}
