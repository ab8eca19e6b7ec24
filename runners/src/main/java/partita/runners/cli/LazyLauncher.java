package partita.runners.cli;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.BeamLauncher;
import partita.pipelines.dag.StageLauncher;
import partita.runners.flink.Parallelism;
import partita.runners.flink.RunnerOptions;
import partita.schemas.artifact.ArtifactStore;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.StageRun;

/** Loads Beam and the runner when the first stage has to run, so that a finished plan ends fast. */
final class LazyLauncher implements StageLauncher, AutoCloseable {
  private final Settings settings;
  private final Map<String, Integer> ofStages;
  private @Nullable RunnerOptions options;

  /**
   * @param ofStages stages to how many of their shards run side by side, where they have a bound of
   *     their own
   */
  LazyLauncher(Settings settings, Map<String, Integer> ofStages) {
    this.settings = settings;
    this.ofStages = ofStages;
  }

  @Override
  public ShardResult launch(ShardTask task, StageRun run, ArtifactStore store) throws Exception {
    RunnerOptions opened = options;
    if (opened == null) {
      opened =
          new RunnerOptions(
              settings.runner(),
              new Parallelism(settings.parallelism(), ofStages),
              settings.beam(),
              store.temporary());
      options = opened;
    }
    return new BeamLauncher(opened::create).launch(opened.task(task), run, store);
  }

  @Override
  public boolean inThisProcess() {
    return settings.cluster().isEmpty();
  }

  @Override
  public void close() throws IOException {
    if (options != null) {
      options.close();
    }
  }
}
