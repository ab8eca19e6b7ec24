package partita.pipelines.system;

import java.util.Map;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.DatasetKind;
import partita.transforms.gan.GanDataset;
import partita.transforms.gan.ImageDataset;
import partita.transforms.gan.PointDataset;

/**
 * The data of a GAN experiment, as stages.
 *
 * @param ingest writes the roles {@code train} and {@code validation}
 * @param dataset how its rows are learned
 * @param classes number of true classes, 0 without
 * @param mostRows training rows at most: fewer than asked for when a folder holds fewer images
 * @param scoring how samples are scored
 */
record GanData(Stage ingest, GanDataset dataset, int classes, long mostRows, GanScoring scoring) {

  /**
   * The data that settings ask for.
   *
   * @throws BadInputException when it is missing or cannot be scored
   */
  static GanData of(SelfConditionedSettings settings, Downloads downloads) {
    return settings.dataset() instanceof PointSettings points
        ? ofPoints(points, settings)
        : ofImages((DatasetSettings) settings.dataset(), settings, downloads);
  }

  private static GanData ofPoints(PointSettings points, SelfConditionedSettings settings) {
    refuse("train.augment", settings.train().augment(), points);
    refuse("embedding", settings.embedding(), points);
    refuse("evaluate.features", settings.evaluate().features(), points);
    requireCeiling(settings.sample(), points.train(), points.validation());
    Stage ingest = Stage.of("ingest", points.ingest(), settings.seed(), Map.of());
    return new GanData(
        ingest,
        new PointDataset(),
        points.kind().gaussians().means().size(),
        points.train(),
        new PointScoring(points.kind(), ingest, settings.sample().count(), settings.seed()));
  }

  private static GanData ofImages(
      DatasetSettings images, SelfConditionedSettings settings, Downloads downloads) {
    IngestStage ingested = IngestStage.of(images, settings.seed());
    SelfConditionedSettings.AugmentSettings augment =
        require("train.augment", settings.train().augment(), images);
    EmbeddingSettings embedding = require("embedding", settings.embedding(), images);
    GanScoring scoring =
        images.kind() == DatasetKind.STACKED_MNIST
            ? ofDigits(embedding, images, ingested, settings, downloads)
            : ImageScoring.of(
                EmbeddingStage.of(embedding, images, ingested, settings.seed(), downloads),
                embedding.nameInMetrics(),
                require("evaluate.features", settings.evaluate().features(), images),
                ingested.stage(),
                settings.seed());
    return new GanData(
        ingested.stage(),
        new ImageDataset(augment.flips(), augment.noise()),
        ingested.classes(),
        Math.min(images.train(), ingested.mostTrain()),
        scoring);
  }

  private static GanScoring ofDigits(
      EmbeddingSettings embedding,
      DatasetSettings images,
      IngestStage ingested,
      SelfConditionedSettings settings,
      Downloads downloads) {
    if (settings.evaluate().features().isPresent()) {
      throw new BadInputException(
          "Cannot compare stacked digits of %s in features: their modes are counted; leave out evaluate.features"
              .formatted(images.name()));
    }
    requireCeiling(settings.sample(), images.train(), images.validation());
    return DigitScoring.of(embedding, images, ingested, settings, downloads);
  }

  /** As many real ones are scored as samples, of one split: that must not show after training. */
  private static void requireCeiling(
      SelfConditionedSettings.SampleSettings sample, int train, int validation) {
    if (sample.count() > Math.max(train, validation)) {
      throw new BadInputException(
          "Cannot score %,d samples beside as many real ones: dataset.train is %,d and dataset.validation %,d; lower sample.count, or raise either"
              .formatted(sample.count(), train, validation));
    }
  }

  private static <T> T require(String key, Optional<T> value, GanDataSettings data) {
    return value.orElseThrow(
        () ->
            new BadInputException(
                "Cannot train on images of %s: missing key '%s'".formatted(data.name(), key)));
  }

  private static void refuse(String key, Optional<?> value, GanDataSettings data) {
    if (value.isPresent()) {
      throw new BadInputException(
          "Cannot train on points of %s: key '%s' is for images; leave it out"
              .formatted(data.name(), key));
    }
  }
}
