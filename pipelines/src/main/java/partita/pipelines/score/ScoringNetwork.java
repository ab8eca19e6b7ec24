package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.embed.FidProtocol;
import partita.models.embed.ImageNetPreparation;
import partita.models.embed.InputPreparation;
import partita.models.embed.PretrainedWeights;
import partita.models.network.Architecture;
import partita.models.network.ConvNetConfig;
import partita.models.network.UNet;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.Sha256;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.EmbedTask;
import partita.transforms.feature.ImportWeightsTask;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.feature.PreparedEmbedTask;
import partita.transforms.score.Naming;
import partita.transforms.shard.ShardTask;

/**
 * The network that embeds images to be scored: a file of weights, or an artifact of weights that
 * were imported or trained here.
 *
 * @param stage has it as its artifact
 * @param layer whose output is the features
 * @param width numbers in an image's features
 * @param classes class scores, 0 if it gives none
 * @param preparation what it sees of an image; absent when that is its own, as of a network trained
 *     here
 * @param naming how its figures are named
 */
record ScoringNetwork(
    Stage stage,
    String layer,
    int width,
    int classes,
    Optional<InputPreparation> preparation,
    Naming naming) {
  private static final String TRAINED_HERE = "as trained";
  private static final int IMAGES_PER_SHARD = 512;
  private static final int BATCH = 32;

  /**
   * Finds a network and looks at it.
   *
   * @param given file of weights; or the beginning of an artifact's key, {@code experiment:stage},
   *     or the name of an imported network
   * @param protocol how images are to reach it, if not as usual for it
   * @throws BadInputException when it is missing, damaged or of no kind that is known here
   */
  static ScoringNetwork open(String given, Optional<FidProtocol> protocol, ArtifactStore store)
      throws IOException {
    Path path = Path.of(given);
    return Files.exists(path)
        ? ofFile(path, protocol)
        : ofArtifact(given, NetworkName.find(given, store), protocol, store);
  }

  private static ScoringNetwork ofFile(Path path, Optional<FidProtocol> protocol) {
    try (WeightFile file = WeightFile.open(path)) {
      PretrainedWeights.Found found =
          PretrainedWeights.check(file, KnownArchitecture.of(file, protocol));
      Stage stage =
          new Stage(
              NetworkName.STAGE,
              new ImportWeightsTask(found.architecture()),
              NetworkName.SEED,
              Map.of(),
              Map.of(ImportWeightsTask.FILE, RawInput.of(path)));
      String digest = Sha256.of(path);
      return of(stage, found.architecture(), found.layers(), digest, protocol);
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ScoringNetwork ofArtifact(
      String given, Manifest artifact, Optional<FidProtocol> protocol, ArtifactStore store) {
    try {
      NetworkArtifact.Described network = NetworkArtifact.describe(store, artifact);
      Stage stage = NetworkName.adopt(artifact);
      if (network.architecture().isPresent()) {
        return of(
            stage,
            network.architecture().get(),
            network.layers(),
            artifact.contentDigest(),
            protocol);
      } else if (protocol.isPresent()) {
        throw new BadInputException(
            "Cannot use --protocol=%s with network %s, which was trained here on images as they are; leave it out"
                .formatted(protocol.get().word(), given));
      }
      return new ScoringNetwork(
          stage,
          ConvNetConfig.FEATURES,
          network.layers().get(ConvNetConfig.FEATURES),
          network.classes(),
          Optional.empty(),
          new Naming(given, artifact.contentDigest(), false, TRAINED_HERE));
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ScoringNetwork of(
      Stage stage,
      Architecture architecture,
      Map<String, Integer> layers,
      String digest,
      Optional<FidProtocol> protocol) {
    if (architecture instanceof UNet.Config) {
      throw new BadInputException(
          "Cannot embed with %s: it segments images; use it with --metrics=miou, pixel-accuracy or fsd"
              .formatted(architecture.name()));
    }
    InputPreparation preparation =
        protocol.isPresent() ? protocol.get() : InputPreparation.usual(architecture);
    String layer = architecture.featureLayer();
    return new ScoringNetwork(
        stage,
        layer,
        layers.get(layer),
        architecture.classes(),
        Optional.of(preparation),
        new Naming(
            architecture.name(),
            digest,
            KnownArchitecture.official(architecture, digest, preparation),
            name(preparation)));
  }

  private static String name(InputPreparation preparation) {
    return preparation instanceof FidProtocol protocol
        ? protocol.word()
        : "imagenet-" + ((ImageNetPreparation) preparation).side();
  }

  /** The stage that embeds a set of images. */
  Stage features(ScoredSet images) {
    EmbedTask embed =
        new EmbedTask(layer, List.of(ImageSetIngest.ALL), List.of(), IMAGES_PER_SHARD, BATCH);
    ShardTask task =
        preparation.isPresent() ? new PreparedEmbedTask(embed, preparation.get()) : embed;
    return Stage.of(
        images.stage().name().replace("images@", "features@"),
        task,
        0,
        Map.of(EmbedTask.IMAGES, images.stage(), EmbedTask.NETWORK, stage));
  }
}
