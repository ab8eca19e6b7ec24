package partita.pipelines.system;

import java.util.List;
import java.util.Map;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.IngestTask;
import partita.transforms.diversity.Selection;
import partita.transforms.feature.EmbedTask;

/**
 * Images against real ones in the features of a network.
 *
 * @param features compares them
 * @param seed samples are drawn with
 */
record ImageScoring(FeatureScoring features, long seed) implements GanScoring {

  /**
   * @param embedding makes the features
   * @param network its name in metrics
   * @param ingest has the real images
   */
  static ImageScoring of(
      EmbeddingStage embedding,
      String network,
      IcGanSettings.EvaluateSettings settings,
      Stage ingest,
      long seed) {
    Stage real =
        Stage.of(
            "features",
            embedding.task(List.of(IngestTask.TRAIN, IngestTask.VALIDATION), List.of()),
            seed,
            Map.of(EmbedTask.IMAGES, ingest, EmbedTask.NETWORK, embedding.stage()));
    return new ImageScoring(FeatureScoring.of(embedding, real, network, settings, seed), seed);
  }

  @Override
  public List<Stage> ceiling() {
    return List.of(features.baseline());
  }

  @Override
  public Stage score(Stage samples, String round) {
    return features.evaluate(samples, round, seed);
  }

  @Override
  public Stage rank(Stage samples, String round, Selection selection) {
    return features.rank(samples, round, selection);
  }
}
