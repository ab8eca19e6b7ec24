package partita.pipelines.system;

import java.util.List;
import java.util.Map;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.IngestTask;
import partita.transforms.feature.EmbedTask;
import partita.transforms.gan.SampleTask;
import partita.transforms.metric.BaselineTask;
import partita.transforms.metric.EvaluateTask;
import partita.transforms.metric.Protocol;

/**
 * Images against real ones in the features of a network.
 *
 * @param embedding makes the features
 * @param network its name in metrics
 */
record ImageScoring(
    EmbeddingStage embedding,
    String network,
    IcGanSettings.EvaluateSettings settings,
    Stage ingest,
    long seed)
    implements GanScoring {

  /** Two halves of the real images against each other. */
  @Override
  public List<Stage> ceiling() {
    return List.of(
        Stage.of(
            "baseline",
            new BaselineTask(protocol(), settings.real()),
            seed,
            Map.of(EvaluateTask.REAL, features())));
  }

  @Override
  public Stage score(Stage samples, String round) {
    Stage embedded =
        Stage.of(
            "sample-features@" + round,
            embedding.task(List.of(SampleTask.SAMPLES), List.of()),
            seed,
            Map.of(EmbedTask.IMAGES, samples, EmbedTask.NETWORK, embedding.stage()));
    return Stage.of(
        "evaluate@" + round,
        new EvaluateTask(protocol(), settings.real(), seed),
        seed,
        Map.of(
            EvaluateTask.REAL, features(),
            EvaluateTask.SAMPLES, embedded,
            EvaluateTask.IMAGES, samples));
  }

  private Stage features() {
    return Stage.of(
        "features",
        embedding.task(List.of(IngestTask.TRAIN, IngestTask.VALIDATION), List.of()),
        seed,
        Map.of(EmbedTask.IMAGES, ingest, EmbedTask.NETWORK, embedding.stage()));
  }

  private Protocol protocol() {
    return new Protocol(network, settings.neighbors(), settings.neighborRows(), settings.splits());
  }
}
