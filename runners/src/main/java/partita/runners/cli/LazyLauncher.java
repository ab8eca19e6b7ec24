package partita.runners.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.BeamLauncher;
import partita.pipelines.dag.StageLauncher;
import partita.runners.flink.RunnerOptions;
import partita.schemas.artifact.ArtifactStore;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.StageRun;

/** Loads Beam and the runner when the first stage has to run, so that a finished plan ends fast. */
final class LazyLauncher implements StageLauncher, AutoCloseable {
  private final Settings settings;
  private @Nullable RunnerOptions options;

  LazyLauncher(Settings settings) {
    this.settings = settings;
  }

  @Override
  public ShardResult launch(ShardTask task, StageRun run, ArtifactStore store) throws Exception {
    RunnerOptions opened = options;
    if (opened == null) {
      opened =
          new RunnerOptions(
              settings.runner(), settings.parallelism(), settings.beam(), store.temporary());
      options = opened;
    }
    return new BeamLauncher(opened::create).launch(task, run, store);
  }

  @Override
  public void close() throws IOException {
    if (options != null) {
      options.close();
    }
  }
}
