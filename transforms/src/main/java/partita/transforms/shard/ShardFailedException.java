package partita.transforms.shard;

import java.nio.channels.ClosedByInterruptException;

/** A shard did not finish; says which one of which stage, and why. */
public final class ShardFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ShardFailedException(String stage, int shard, int shards, Throwable cause) {
    super("Stage %s, shard %d of %d: %s".formatted(stage, shard + 1, shards, reason(cause)), cause);
  }

  /** Whether the shard stopped because it was asked to, and can continue later. */
  public boolean interrupted() {
    return getCause() instanceof InterruptedException
        || getCause() instanceof ClosedByInterruptException;
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
