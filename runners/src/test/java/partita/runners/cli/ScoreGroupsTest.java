package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import partita.models.embed.PerceptualNetwork;
import partita.models.op.NativeThreads;

/** Diversities of images whose subfolders say what they have in common. */
class ScoreGroupsTest extends ScoreFixture {
  private static final int SIDE = 32;

  private String files;

  @BeforeEach
  void writeWeights() throws IOException {
    NativeThreads.set(1);
    files = ToyWeights.lpips(folder);
  }

  @Test
  void pairsOfAConditionAreComparedByTheProtocolOfIcGan() throws IOException {
    List<Path> all = new ArrayList<>(images("made/dog", 2, SIDE, 1));
    all.addAll(images("made/pets/cat", 3, SIDE, 2));
    images("made/single", 1, SIDE, 3);
    JsonNode figure = diversity("ic-gan");
    double dog = distance(all, 0, 1);
    double cat = (distance(all, 2, 3) + distance(all, 2, 4) + distance(all, 3, 4)) / 3;
    assertEquals((dog + cat) / 2, figure.path("value").asDouble(), 1e-6);
    assertEquals("ic-gan: all pairs of each condition", figure.path("definition").asText());
    assertEquals(0, figure.path("realCount").asInt());
    assertEquals(6, figure.path("generatedCount").asInt());
    assertEquals(
        "1 subfolder of made with one image: they have no pair and take no part",
        figure.path("warnings").get(1).asText());
  }

  @Test
  void foldersWithoutPairsAreRefusedBeforeAnythingIsRead() throws IOException {
    images("made/dog", 1, SIDE, 1);
    images("made/cat", 1, SIDE, 2);
    assertRefused("each of its 2 subfolders has 1 image, expected at least 2", words("ic-gan"));
    images("made/cat", 2, SIDE, 2);
    map("masks/cat.png", SIDE, new int[SIDE * SIDE]);
    map("masks/dog.png", SIDE, new int[SIDE * SIDE]);
    String[] regions = {"--generated=made", "--masks=masks", "--metrics=misd", "--lpips=" + files};
    assertRefused("made: dog has 1 image, expected at least 2", regions);
    images("made/dog", 2, SIDE, 2);
    map("masks/dog.png", 2, 1, 0, 1, 0);
    assertRefused("dog.png: it is 2 x 2, expected 32 x 32", regions);
    regions[2] = "--metrics=mcsd";
    assertRefused("subfolder cat lies in no folder that names its class", regions);
    assertEquals(0, artifacts());
    images("made", 1, SIDE, 3);
    assertRefused("lies in no subfolder, expected CLASS/VARIATION/*.png", regions);
    assertRefused("lies in no subfolder, expected CONDITION/*.png", words("ic-gan"));
    assertRefused("lies in no subfolder, expected GROUP/LAYOUT.png", words("inade"));
  }

  @Test
  void groupsAreComparedImageByImageByTheProtocolOfInade() throws IOException {
    List<Path> all = new ArrayList<>(images("made/a", 2, SIDE, 1));
    all.addAll(images("made/b", 2, SIDE, 2));
    JsonNode figure = diversity("inade");
    assertEquals(
        (distance(all, 0, 2) + distance(all, 1, 3)) / 2, figure.path("value").asDouble(), 1e-6);

    Files.move(folder.resolve("made/b/1001.png"), folder.resolve("made/b/1002.png"));
    assertRefused("a and b hold images of different names", words("inade"));
    assertRefused(
        "Cannot compute lpips-diversity: expected --diversity=NAME",
        "--generated=made",
        "--metrics=lpips-diversity",
        "--lpips=" + files);
  }

  @Test
  void regionsAreComparedWithinAndWithoutTheirMasks() throws IOException {
    List<Path> all = new ArrayList<>(images("made/car/1", 2, SIDE, 1));
    all.addAll(images("made/car/2", 2, SIDE, 2));
    all.addAll(images("made/sky/1", 2, SIDE, 3));
    int[] left = new int[SIDE * SIDE];
    for (int i = 0; i < left.length; i++) {
      left[i] = i % SIDE < SIDE / 4 ? 1 : 0;
    }
    for (String variation : List.of("car/1", "car/2", "sky/1")) {
      map("masks/" + variation + ".png", SIDE, left);
    }
    String[] words = {
      "--generated=made", "--masks=masks", "--metrics=mcsd,mocd,misd,moid", "--lpips=" + files
    };
    Map<String, JsonNode> figures = score(words);

    double[] inside = new double[3];
    double[] outside = new double[3];
    for (int v = 0; v < 3; v++) {
      inside[v] = masked(all, 2 * v, left, 1);
      outside[v] = masked(all, 2 * v, left, 0);
    }
    assertFigure(figures, "misd", (inside[0] + inside[1] + inside[2]) / 3);
    assertFigure(figures, "moid", (outside[0] + outside[1] + outside[2]) / 3);
    assertFigure(figures, "mcsd", ((inside[0] + inside[1]) / 2 + inside[2]) / 2);
    assertFigure(figures, "mocd", ((outside[0] + outside[1]) / 2 + outside[2]) / 2);

    map("masks/sky/1.png", SIDE, new int[SIDE * SIDE]);
    assertRefused("sky/1.png: all its pixels are 0", words);
    Files.delete(folder.resolve("masks/sky/1.png"));
    assertRefused("expected the mask sky/1.png below", words);
  }

  private static void assertFigure(Map<String, JsonNode> figures, String name, double expected) {
    assertEquals(expected, value(figures, name + "(squeezenet)"), 1e-6, name);
  }

  private JsonNode diversity(String protocol) throws IOException {
    return score(words(protocol)).get("lpips-diversity(squeezenet)");
  }

  private String[] words(String protocol) {
    return new String[] {
      "--generated=made", "--metrics=lpips-diversity", "--diversity=" + protocol, "--lpips=" + files
    };
  }

  private double distance(List<Path> images, int first, int second) throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PerceptualNetwork network = ToyWeights.perceptual(manager, files);
      Decoded decoded = new Decoded(images, SIDE);
      return network.distance(network.maps(decoded, first), network.maps(decoded, second));
    }
  }

  private double masked(List<Path> images, int first, int[] mask, int seen) throws IOException {
    float[] visible = new float[mask.length];
    for (int i = 0; i < mask.length; i++) {
      visible[i] = mask[i] == seen ? 1 : 0;
    }
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PerceptualNetwork network = ToyWeights.perceptual(manager, files);
      Decoded decoded = new Decoded(images, SIDE);
      return network.distance(
          network.maps(decoded, first, visible), network.maps(decoded, first + 1, visible));
    }
  }
}
