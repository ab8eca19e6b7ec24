package partita.pipelines.dag;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.StageRun;
import partita.transforms.shard.WrappedTask;

/**
 * A stage's task as it travels to workers: before it works, it makes sure that the worker sees the
 * driver's artifacts and computes with what the key says. A folder that is not shared would look
 * like an empty store, and a machine of another kind would commit its bits under the key of others.
 *
 * @param task the work
 * @param root where the driver has its artifacts, for messages
 * @param numerics the driver's numerics fingerprint for the task
 */
record WorkerGuard(ShardTask task, String root, String numerics) implements WrappedTask {
  private static final long serialVersionUID = 1;
  private static final String MARK = "driver";

  static WorkerGuard of(ShardTask task, String numerics, StageRun run) {
    return new WorkerGuard(task, run.store(), numerics);
  }

  /** Leaves in the work area what workers look for. */
  void mark(WorkArea work) throws IOException {
    work.write(MARK, new byte[0]);
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    if (context.work().read(MARK).isEmpty()) {
      throw new IOException(
          "Cannot work on %s: it does not see what the driver wrote to %s; expected a folder that all machines share, or gs://bucket/folder"
              .formatted(worker(), root));
    }
    String found = NumericsFingerprint.of(task, context.execution());
    if (!found.equals(numerics)) {
      throw new IOException(
          "Cannot work on %s: it computes with [%s], and the key says [%s]; expected driver and workers with the same engine and processor"
              .formatted(worker(), found, numerics));
    }
    return task.run(shard, context);
  }

  /** {@code pid@host}. */
  private static String worker() {
    return ManagementFactory.getRuntimeMXBean().getName();
  }
}
