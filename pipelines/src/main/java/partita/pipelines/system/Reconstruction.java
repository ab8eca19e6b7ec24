package partita.pipelines.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.embed.PerceptualNetwork;
import partita.models.gan.GanNetworks;
import partita.models.gan.ImageGanNetworks;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.pipelines.system.ReconstructSettings.LpipsSettings;
import partita.transforms.gan.ReconstructTask;
import partita.transforms.gan.ScoreReconstructionsTask;
import partita.transforms.gan.TrainEncoderTask;
import partita.transforms.shard.ShardTask;

/**
 * The stages {@code encode@step}, {@code reconstruct@step} and {@code score-reconstructions@step}
 * of a trained generator.
 *
 * @param networks shape of the generator
 * @param perceptual measures LPIPS, if asked for
 */
record Reconstruction(
    ReconstructSettings settings,
    ImageGanNetworks networks,
    boolean averaged,
    int curveWindow,
    long seed,
    Optional<Perceptual> perceptual) {
  private static final int IMAGES_PER_SHARD = 64;
  private static final int BATCH = 16;

  /**
   * A network of LPIPS.
   *
   * @param weights stage that imports the network
   * @param linear file of the learned weights
   */
  private record Perceptual(Stage weights, RawInput linear, String name) {}

  /**
   * Looks at what the settings ask for.
   *
   * @param validation validation images at most
   * @throws BadInputException when these networks or data cannot be reconstructed with, or a file
   *     is missing or of another network
   */
  static Reconstruction of(
      ReconstructSettings settings,
      SelfConditionedSettings system,
      GanNetworks networks,
      Downloads downloads) {
    if (!(networks instanceof ImageGanNetworks images
        && system.dataset() instanceof DatasetSettings data)) {
      throw new BadInputException(
          "Cannot reconstruct points of %s: expected images; leave out reconstruct"
              .formatted(system.dataset().name()));
    }
    if (networks.packing() > 1) {
      throw new BadInputException(
          "Cannot reconstruct images: network.packing is %d, expected 1, for the encoder has the shape of a discriminator of single images; set reconstruct.images=0"
              .formatted(networks.packing()));
    }
    if (settings.images() > data.validation()) {
      throw new BadInputException(
          "Cannot reconstruct %,d images: dataset.validation is %,d; lower reconstruct.images or raise it"
              .formatted(settings.images(), data.validation()));
    }
    return new Reconstruction(
        settings,
        images,
        system.sample().averaged(),
        system.train().curveWindow(),
        system.seed(),
        settings.lpips().map(lpips -> perceptual(lpips, system.seed(), downloads)));
  }

  private static Perceptual perceptual(LpipsSettings settings, long seed, Downloads downloads) {
    String name = settings.network().word();
    List<String> layers =
        PerceptualNetwork.layers(settings.network().architecture())
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot measure LPIPS with %s: expected alexnet, vgg-16 or squeezenet; set reconstruct.lpips.network"
                            .formatted(name)));
    Path linear = Path.of(settings.learned());
    try (WeightFile learned = WeightFile.open(linear)) {
      EmbeddingStage imported = EmbeddingStage.imported(settings.imported(), seed, downloads);
      PerceptualNetwork.check(learned, imported.channels(), layers);
      Stage weights = imported.stage();
      return new Perceptual(
          // Beside it there may be a stage of this name, that of the network that embeds.
          new Stage("lpips-" + weights.name(), weights.task(), seed, Map.of(), weights.files()),
          RawInput.of(linear),
          name);
    } catch (IOException e) {
      throw new BadInputException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  /**
   * The last stage, of the generator of a step.
   *
   * @param ingest has the images
   * @param sampled inputs of the stage that samples the generator: it, and what its labels are of
   */
  Stage of(Stage ingest, Map<String, Stage> sampled, long step) {
    Stage encoder =
        stage(
            "encode@" + step,
            new TrainEncoderTask(
                networks,
                averaged,
                Section.of("reconstruct.encoder", () -> settings.encoder().training(curveWindow))),
            sampled);
    Stage reconstructed =
        stage(
            "reconstruct@" + step,
            new ReconstructTask(
                networks, averaged, settings.search(), settings.images(), IMAGES_PER_SHARD, BATCH),
            Map.of(
                ReconstructTask.GENERATOR, sampled.get(TrainEncoderTask.GENERATOR),
                ReconstructTask.ENCODER, encoder,
                ReconstructTask.DATA, ingest));
    Map<String, Stage> scored = new HashMap<>();
    scored.put(ScoreReconstructionsTask.RECONSTRUCTIONS, reconstructed);
    perceptual.ifPresent(lpips -> scored.put(ScoreReconstructionsTask.NETWORK, lpips.weights()));
    return new Stage(
        "score-reconstructions@" + step,
        new ScoreReconstructionsTask(perceptual.map(Perceptual::name).orElse(""), BATCH),
        seed,
        scored,
        perceptual
            .map(lpips -> Map.of(ScoreReconstructionsTask.LINEAR, lpips.linear()))
            .orElse(Map.of()));
  }

  private Stage stage(String name, ShardTask task, Map<String, Stage> inputs) {
    return Stage.of(name, task, seed, inputs);
  }
}
