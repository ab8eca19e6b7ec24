package partita.runners.flink;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.WrappedTask;

/**
 * A task on a cluster that restarts jobs. That is for workers that are lost: a task that fails by
 * itself, or stops because it was asked to, would only do so again.
 *
 * @param task the work
 */
record UnretriedTask(ShardTask task) implements WrappedTask {
  private static final long serialVersionUID = 1;

  /** The task failed by itself; Flink's JobManager knows by the annotation not to try again. */
  @ThrowableAnnotation(ThrowableType.NonRecoverableError)
  static final class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1;

    TaskFailedException(Exception cause) {
      super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    try {
      return task.run(shard, context);
    } catch (Exception e) {
      throw new TaskFailedException(e);
    }
  }
}
