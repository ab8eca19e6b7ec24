package partita.transforms.shard;

import java.io.Serializable;

/**
 * Everything a worker needs besides the task to run a stage's shards.
 *
 * @param stage name, for messages
 * @param store root from which any worker opens the artifact store
 * @param actionKey action whose work area holds receipts, progress and checkpoints
 * @param inputs what the stage reads
 * @param execution device and threads
 * @param seed of the stage's randomness
 * @param shards number of shards
 */
public record StageRun(
    String stage,
    String store,
    String actionKey,
    ShardInputs inputs,
    Execution execution,
    long seed,
    int shards)
    implements Serializable {

  public StageRun {
    if (shards < 1) {
      throw new IllegalArgumentException(
          "Cannot run stage " + stage + " in " + shards + " shards: expected at least 1");
    }
  }
}
