package partita.pipelines.system;

import java.util.List;
import java.util.Map;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.transforms.diversity.RankStackedDigitsTask;
import partita.transforms.diversity.Selection;
import partita.transforms.feature.EmbedTask;
import partita.transforms.metric.EvaluateTask;
import partita.transforms.metric.ScoreStackedDigitsTask;
import partita.transforms.metric.StackedDigitsCeilingTask;

/**
 * The modes of stacked digits, told by a classifier of single digits that is trained as a stage.
 *
 * @param classifier reads digits
 * @param network its name in metrics
 * @param images real images that are scored as the ceiling, as many as are sampled
 */
record DigitScoring(Stage classifier, String network, Stage ingest, int images, long seed)
    implements GanScoring {
  private static final int BATCH = 256;

  /** With a classifier of the digits that the images are stacked of. */
  static DigitScoring of(
      EmbeddingSettings embedding,
      DatasetSettings stacked,
      IngestStage ingested,
      SelfConditionedSettings settings,
      Downloads downloads) {
    if (!(embedding instanceof EmbeddingSettings.Classifier)) {
      throw new BadInputException(
          "Cannot count the modes of stacked digits with %s: expected a classifier of digits; set embedding.network=classifier"
              .formatted(embedding.networkName()));
    }
    DatasetSettings digits = stacked.digits();
    IngestStage single = IngestStage.of("ingest-digits", digits, settings.seed());
    EmbeddingStage classifier =
        EmbeddingStage.of(embedding, digits, single, settings.seed(), downloads);
    return new DigitScoring(
        classifier.stage(),
        embedding.networkName(),
        ingested.stage(),
        settings.sample().count(),
        settings.seed());
  }

  @Override
  public List<Stage> ceiling() {
    return List.of(
        Stage.of(
            "ceiling",
            new StackedDigitsCeilingTask(network, images, BATCH),
            seed,
            Map.of(EvaluateTask.REAL, ingest, EmbedTask.NETWORK, classifier)));
  }

  @Override
  public Stage score(Stage samples, String round) {
    return Stage.of(
        "evaluate@" + round,
        new ScoreStackedDigitsTask(network, BATCH, seed),
        seed,
        Map.of(EvaluateTask.SAMPLES, samples, EmbedTask.NETWORK, classifier));
  }

  @Override
  public Stage rank(Stage samples, String round, Selection selection) {
    return Stage.of(
        "rank@" + round,
        new RankStackedDigitsTask(selection, BATCH),
        seed,
        Map.of(RankStackedDigitsTask.SAMPLES, samples, RankStackedDigitsTask.NETWORK, classifier));
  }
}
