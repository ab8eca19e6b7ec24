package partita.pipelines.system;

import java.util.List;
import java.util.Map;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.transforms.diversity.RankSamplesTask;
import partita.transforms.diversity.Selection;
import partita.transforms.feature.EmbedTask;
import partita.transforms.gan.SampleTask;
import partita.transforms.metric.BaselineTask;
import partita.transforms.metric.EvaluateTask;
import partita.transforms.metric.MomentsTask;
import partita.transforms.metric.Protocol;
import partita.transforms.metric.RadiiTask;
import partita.transforms.shard.ShardTask;

/**
 * Sampled images against real ones in the features of a network. Moments and radii of the real
 * features are stages of their own, which every scored checkpoint reads.
 *
 * @param embedding makes the features
 * @param features those of the real images
 * @param real role of the real features
 * @param seed of stages that draw
 */
record FeatureScoring(
    EmbeddingStage embedding, Stage features, Protocol protocol, String real, long seed) {
  private static final int BLOCKS_PER_SHARD = 4;
  private static final int RADII_PER_SHARD = 4096;

  /** Scoring as the settings of an evaluation have it, with a network of a name. */
  static FeatureScoring of(
      EmbeddingStage embedding,
      Stage features,
      String network,
      IcGanSettings.EvaluateSettings settings,
      long seed) {
    Protocol protocol =
        new Protocol(network, settings.neighbors(), settings.neighborRows(), settings.splits());
    return new FeatureScoring(embedding, features, protocol, settings.real(), seed);
  }

  /** The stage {@code baseline}: two halves of the real images against each other. */
  Stage baseline() {
    return stage("baseline", new BaselineTask(protocol, real), Map.of(EvaluateTask.REAL, features));
  }

  /**
   * The stage {@code evaluate@round}.
   *
   * @param samples stage whose samples are scored
   * @param round {@code 1250.0}: training step and sampling seed
   * @param sampleSeed seed the samples were drawn with
   */
  Stage evaluate(Stage samples, String round, long sampleSeed) {
    return stage(
        "evaluate@" + round,
        new EvaluateTask(protocol, real, sampleSeed),
        Map.of(
            EvaluateTask.REAL, features,
            EvaluateTask.MOMENTS, ofReal("moments", new MomentsTask(real, BLOCKS_PER_SHARD)),
            EvaluateTask.RADII, ofReal("radii", radii()),
            EvaluateTask.SAMPLES, embedded(samples, round),
            EvaluateTask.IMAGES, samples));
  }

  /**
   * The stage {@code rank@round}: the samples by the network's own classes.
   *
   * @throws BadInputException when it gives no class scores
   */
  Stage rank(Stage samples, String round, Selection selection) {
    if (embedding.classes() == 0) {
      throw new BadInputException(
          "Cannot sort samples by a classifier's confidence: %s gives no class scores; embed with weights that have the last layer, or set diversity.classes=0"
              .formatted(protocol.network()));
    }
    return stage(
        "rank@" + round,
        new RankSamplesTask(selection),
        Map.of(RankSamplesTask.FEATURES, embedded(samples, round)));
  }

  private Stage embedded(Stage samples, String round) {
    return stage(
        "sample-features@" + round,
        embedding.task(List.of(SampleTask.SAMPLES), List.of()),
        Map.of(EmbedTask.IMAGES, samples, EmbedTask.NETWORK, embedding.stage()));
  }

  private RadiiTask radii() {
    return new RadiiTask(real, protocol.neighbors(), protocol.neighborRows(), RADII_PER_SHARD);
  }

  private Stage ofReal(String name, ShardTask task) {
    return stage(name, task, Map.of(MomentsTask.FEATURES, features));
  }

  private Stage stage(String name, ShardTask task, Map<String, Stage> inputs) {
    return Stage.of(name, task, seed, inputs);
  }
}
