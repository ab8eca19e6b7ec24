package partita.pipelines.dag;

import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.KeyHasher;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardResults;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.ShardedStage;
import partita.transforms.shard.StageRun;

/** Submits a stage as one Beam pipeline and waits for it. */
public final class BeamLauncher implements StageLauncher {
  private static final int KEY_DIGITS = 12;
  private static final int STORE_DIGITS = 6;

  private final Options options;

  /** Makes the options of a stage's pipeline. */
  public interface Options {
    PipelineOptions of(StageRun run) throws Exception;
  }

  /**
   * @param options fresh options for each pipeline; Beam is not touched before the first is asked
   *     for
   */
  public BeamLauncher(Options options) {
    this.options = options;
  }

  @Override
  public ShardResult launch(ShardTask task, StageRun run, ArtifactStore store) throws Exception {
    PipelineOptions own = options.of(run);
    own.setJobName(jobName(run));
    Pipeline pipeline = Pipeline.create(own);
    pipeline.apply(run.stage(), ShardedStage.of(task, run));
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException(
          "Cannot finish stage " + run.stage() + ": the pipeline ended as " + state);
    }
    return ShardResults.collect(store.work(run.actionKey()), run.shards());
  }

  /**
   * Name of a stage's job, {@code partita-train-1500-4f1c20-0123456789ab}: stage, store, and the
   * first digits of the action's key or whatever else its scratch is named, in the lower-case
   * letters, digits and hyphens that Beam allows. No two jobs at work have the same.
   */
  public static String jobName(StageRun run) {
    String stage = run.stage().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String store = new KeyHasher("store").put("root", run.store()).digest();
    String key = run.actionKey();
    String scratch = key.matches("[0-9a-f]{64}") ? key.substring(0, KEY_DIGITS) : key;
    return "partita-%s-%s-%s".formatted(stage, store.substring(0, STORE_DIGITS), scratch);
  }
}
