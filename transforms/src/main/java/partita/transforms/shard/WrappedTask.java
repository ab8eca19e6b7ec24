package partita.transforms.shard;

/** A task that does another one's work, and something around it. */
public interface WrappedTask extends ShardTask {

  /** The task that does the work. */
  ShardTask task();

  @Override
  default int shards(ShardInputs inputs) {
    return task().shards(inputs);
  }

  @Override
  default boolean numeric() {
    return task().numeric();
  }

  @Override
  default boolean exclusive() {
    return task().exclusive();
  }
}
