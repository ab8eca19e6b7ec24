package partita.transforms.score;

import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardTask;

/**
 * One metric between the input {@link #REAL} and the input {@link #GENERATED}, of which it writes
 * the role {@code metrics}. Each metric is a stage of its own, so that asking for one more does not
 * compute the others again.
 */
public interface Comparison extends ShardTask {
  /** Input with the real set. */
  String REAL = "real";

  /** Input with the generated set. */
  String GENERATED = "generated";

  @Override
  default int shards(ShardInputs inputs) {
    return 1;
  }
}
