package partita.pipelines.dag;

import partita.schemas.artifact.ArtifactStore;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.StageRun;

/** Runs all shards of a stage somewhere and waits for them. */
public interface StageLauncher {

  /**
   * Runs the shards that have no result yet.
   *
   * @param run the stage, the keys and inputs, and how many shards
   * @return what all shards wrote
   * @throws Exception the failure of a shard, wrapped as the runner does it
   */
  ShardResult launch(ShardTask task, StageRun run, ArtifactStore store) throws Exception;

  /** Whether the shards run in this process, so that what it takes is what they take. */
  default boolean inThisProcess() {
    return true;
  }
}
