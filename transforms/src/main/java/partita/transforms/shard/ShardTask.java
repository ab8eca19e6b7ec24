package partita.transforms.shard;

import java.io.Serializable;

/**
 * The work of one stage, cut into shards that may run anywhere and in any order. An implementation
 * is a record: its components are the stage's parameters (they enter the key as they are) and its
 * class is the root of the stage's code (the bytecode reachable from it enters the key). A shard's
 * files depend on nothing but the parameters, the inputs, the seed and the shard index, so a
 * retried or resumed shard writes the same bytes.
 */
public interface ShardTask extends Serializable {

  /**
   * Number of shards, from the parameters and the inputs' manifests alone; never from the machine.
   */
  int shards(ShardInputs inputs);

  /** Writes the files of one shard; called once a shard, again after a crash. */
  ShardResult run(int shard, ShardContext context) throws Exception;

  /** Whether the result's last bits depend on engine, device, instruction set and threads. */
  default boolean numeric() {
    return true;
  }

  /** Whether the shard needs the native engine for itself with all threads, as training does. */
  default boolean exclusive() {
    return false;
  }
}
