package partita.pipelines.dag;

import java.util.concurrent.Callable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import partita.schemas.artifact.ArtifactStore;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardResults;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.ShardedStage;
import partita.transforms.shard.StageRun;

/** Submits a stage as one Beam pipeline named {@code partita-<stage>} and waits for it. */
public final class BeamLauncher implements StageLauncher {
  private final Callable<PipelineOptions> options;

  /**
   * @param options fresh options for each pipeline; Beam is not touched before the first is asked
   *     for
   */
  public BeamLauncher(Callable<PipelineOptions> options) {
    this.options = options;
  }

  @Override
  public ShardResult launch(ShardTask task, StageRun run, ArtifactStore store) throws Exception {
    PipelineOptions own = options.call();
    own.setJobName(jobName(run.stage()));
    Pipeline pipeline = Pipeline.create(own);
    pipeline.apply(run.stage(), ShardedStage.of(task, run));
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException(
          "Cannot finish stage " + run.stage() + ": the pipeline ended as " + state);
    }
    return ShardResults.collect(store.work(run.actionKey()), run.shards());
  }

  /** Beam allows lower-case letters, digits and hyphens. */
  private static String jobName(String stage) {
    return "partita-" + stage.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
