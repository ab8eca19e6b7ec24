package partita.pipelines.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.embed.ClassifierTraining;
import partita.models.embed.PretrainedWeights;
import partita.models.network.ConvNetConfig;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.schemas.artifact.Sha256;
import partita.transforms.download.PinnedDownload;
import partita.transforms.feature.EmbedTask;
import partita.transforms.feature.ImportWeightsTask;
import partita.transforms.feature.TrainClassifierTask;

/**
 * The stage that makes the embedding network: {@code classifier} trains it, {@code weights} imports
 * it.
 *
 * @param stage writes the network
 * @param layer whose output embeds
 * @param channels of each of its layers, by name
 * @param classes number of class scores, 0 if it gives none
 * @param rowsPerShard images that one shard embeds
 * @param batch images embedded at a time
 */
record EmbeddingStage(
    Stage stage,
    String layer,
    Map<String, Integer> channels,
    int classes,
    int rowsPerShard,
    int batch) {
  private static final int CURVE_WINDOW = 10;

  /**
   * The stage that settings ask for. An imported network's file is found or downloaded, and looked
   * at, now.
   *
   * @throws BadInputException when the network cannot be trained or imported
   */
  static EmbeddingStage of(
      EmbeddingSettings settings,
      DatasetSettings dataset,
      IngestStage ingested,
      long seed,
      Downloads downloads) {
    if (settings instanceof EmbeddingSettings.Imported imported) {
      return imported(imported, seed, downloads);
    }
    return trained((EmbeddingSettings.Classifier) settings, dataset, ingested, seed);
  }

  EmbeddingStage {
    channels = new LinkedHashMap<>(channels);
    if (!channels.containsKey(layer)) {
      throw NearestName.unknown("embedding.layer", layer, List.copyOf(channels.keySet()));
    }
  }

  /** Dimensions of an image's features. */
  int featureWidth() {
    return channels.getOrDefault(layer, 0);
  }

  /** Features of images or samples by this network. */
  EmbedTask task(List<String> roles, List<String> mirroredRoles) {
    return new EmbedTask(layer, roles, mirroredRoles, rowsPerShard, batch);
  }

  private static EmbeddingStage trained(
      EmbeddingSettings.Classifier settings,
      DatasetSettings dataset,
      IngestStage ingested,
      long seed) {
    if (ingested.classes() < 2) {
      throw new BadInputException(
          "Cannot train the embedding on %s: its images have %d labels, expected at least 2; put each class into a subfolder of its own, or import a network (embedding.network=resnet-50)"
              .formatted(dataset.name(), ingested.classes()));
    }
    ConvNetConfig network =
        new ConvNetConfig(
            dataset.channels(), ingested.classes(), settings.width(), settings.featureWidth());
    ClassifierTraining training =
        Section.of(
            "embedding",
            () ->
                new ClassifierTraining(
                    settings.epochs(),
                    settings.batchSize(),
                    settings.learningRate(),
                    settings.flips(),
                    CURVE_WINDOW));
    Stage stage =
        Stage.of(
            "classifier",
            new TrainClassifierTask(network, training),
            seed,
            Map.of(TrainClassifierTask.IMAGES, ingested.stage()));
    String layer = settings.embeddingLayer();
    return new EmbeddingStage(stage, layer, network.layers(), network.classes(), 4096, 256);
  }

  /**
   * The stage that imports a network, whose file is found or downloaded, and looked at, now.
   *
   * @throws BadInputException when it cannot be imported
   */
  static EmbeddingStage imported(
      EmbeddingSettings.Imported settings, long seed, Downloads downloads) {
    try {
      return imported(settings, seed, file(settings, downloads));
    } catch (IOException e) {
      throw new BadInputException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  /**
   * The stage that imports a file, which is looked at now.
   *
   * @throws BadInputException when its names and shapes are not those of the network
   */
  static EmbeddingStage imported(EmbeddingSettings.Imported settings, long seed, Path path) {
    try {
      PretrainedWeights.Found found;
      try (WeightFile file = WeightFile.open(path)) {
        found = PretrainedWeights.check(file, settings.network().architecture());
      }
      Stage stage =
          new Stage(
              "weights",
              new ImportWeightsTask(found.architecture()),
              seed,
              Map.of(),
              Map.of(ImportWeightsTask.FILE, RawInput.of(path)));
      String layer = settings.embeddingLayer();
      return new EmbeddingStage(
          stage, layer, found.layers(), found.architecture().classes(), 512, 32);
    } catch (IOException e) {
      throw new BadInputException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  /** The file, found to have the digest that it should. */
  private static Path file(EmbeddingSettings.Imported settings, Downloads downloads)
      throws IOException {
    String weights = settings.weights();
    boolean downloaded = PinnedDownload.isUrl(weights);
    Path file =
        downloaded
            ? downloads.fetch(
                new PinnedDownload(URI.create(weights), settings.sha256().orElseThrow()))
            : Path.of(weights);
    if (settings.sha256().isPresent() && Files.isRegularFile(file)) {
      String found = Sha256.of(file);
      if (!found.equals(settings.sha256().get())) {
        throw new BadInputException(
            "Cannot use weights %s: its SHA-256 is %s, expected %s (embedding.sha256); %s"
                .formatted(
                    file,
                    found,
                    settings.sha256().get(),
                    downloaded
                        ? "remove it, and it is downloaded again"
                        : "get the file again, or name its digest"));
      }
    }
    return file;
  }
}
