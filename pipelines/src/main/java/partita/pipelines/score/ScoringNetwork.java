package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import partita.models.embed.ImageNetPreparation;
import partita.models.embed.ResNetWeights;
import partita.models.network.ResNetConfig;
import partita.models.weights.StoredTensor;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.schemas.artifact.Sha256;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.EmbedTask;
import partita.transforms.feature.ImportWeightsTask;
import partita.transforms.score.Naming;

/**
 * The network that embeds images to be scored, imported from a file of weights.
 *
 * @param stage imports it
 * @param layer whose output is the features
 * @param width numbers in an image's features
 * @param classes class scores, 0 if it gives none
 * @param naming how its figures are named
 */
record ScoringNetwork(Stage stage, String layer, int width, int classes, Naming naming) {
  private static final Pattern BLOCK = Pattern.compile("layer(\\d+)\\.(\\d+)\\.conv1\\.weight");
  private static final String STEM = "conv1.weight";
  private static final String LAYER = "avgpool";
  private static final int IMAGES_PER_SHARD = 512;
  private static final int BATCH = 32;

  /**
   * Looks at a file of weights.
   *
   * @throws BadInputException when it is missing, damaged or for no network that is known here
   */
  static ScoringNetwork open(String given) {
    Path path = Path.of(given);
    if (!Files.exists(path)) {
      throw new BadInputException(
          "Cannot use network %s: there is no such file; name a file of weights by --network"
              .formatted(given));
    }
    try (WeightFile file = WeightFile.open(path)) {
      ResNetConfig network = ResNetWeights.check(file, architecture(file));
      Stage stage =
          new Stage(
              "network",
              new ImportWeightsTask(network, ImageNetPreparation.STANDARD),
              0,
              Map.of(),
              Map.of(ImportWeightsTask.FILE, RawInput.of(path)));
      return new ScoringNetwork(
          stage,
          LAYER,
          network.featureWidth(),
          network.classes(),
          new Naming(
              name(network),
              Sha256.of(path),
              false,
              "imagenet-" + ImageNetPreparation.STANDARD.side()));
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The ResNet whose blocks a file names; ResNet-50 if it names none, for the error. */
  private static ResNetConfig architecture(WeightFile file) throws IOException {
    Map<String, StoredTensor> tensors = file.tensors();
    List<Integer> blocks = new ArrayList<>();
    for (String name : tensors.keySet()) {
      Matcher block = BLOCK.matcher(name);
      if (block.matches()) {
        int stage = Integer.parseInt(block.group(1));
        while (blocks.size() < stage) {
          blocks.add(0);
        }
        blocks.set(
            stage - 1, Math.max(blocks.get(stage - 1), Integer.parseInt(block.group(2)) + 1));
      }
    }
    StoredTensor stem = tensors.get(STEM);
    return blocks.isEmpty() || stem == null || blocks.contains(0)
        ? ResNetConfig.resNet50(0)
        : new ResNetConfig(blocks, Math.toIntExact(stem.shape().get(0)), 0);
  }

  private static String name(ResNetConfig network) {
    return network.withClasses(0).equals(ResNetConfig.resNet50(0))
        ? "resnet-50"
        : "resnet-%s-width-%d"
            .formatted(
                String.join("-", network.blocks().stream().map(String::valueOf).toList()),
                network.width());
  }

  /** The stage that embeds a set of images. */
  Stage features(ScoredSet images) {
    return Stage.of(
        images.stage().name().replace("images@", "features@"),
        new EmbedTask(LAYER, List.of(ImageSetIngest.ALL), List.of(), IMAGES_PER_SHARD, BATCH),
        0,
        Map.of(EmbedTask.IMAGES, images.stage(), EmbedTask.NETWORK, stage));
  }
}
