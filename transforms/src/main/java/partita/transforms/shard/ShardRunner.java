package partita.transforms.shard;

import java.io.IOException;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.WorkArea;

/** Runs shards of one stage on one worker: skip what has a receipt, else work and leave one. */
final class ShardRunner {
  private final ShardTask task;
  private final StageRun run;
  private final ArtifactStore store;
  private final WorkArea work;

  private ShardRunner(ShardTask task, StageRun run, ArtifactStore store, WorkArea work) {
    this.task = task;
    this.run = run;
    this.store = store;
    this.work = work;
  }

  static ShardRunner open(ShardTask task, StageRun run) throws IOException {
    ArtifactStore store = ArtifactStores.open(run.store());
    return new ShardRunner(task, run, store, store.work(run.actionKey()));
  }

  /**
   * Runs one shard unless it is done already.
   *
   * @throws ShardFailedException naming stage and shard, whatever went wrong
   */
  void run(int shard) {
    try {
      if (Receipts.present(work, store, shard)) {
        return;
      }
      ShardContext context =
          new ShardContext(store, run.inputs(), work, run.execution(), run.seed(), shard);
      if (context.stopRequested()) {
        throw new InterruptedException("the run was asked to stop");
      }
      try (NativeTurn turn = NativeTurn.take(task, run.execution())) {
        Receipts.write(work, shard, task.run(shard, context));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShardFailedException(run.stage(), shard, run.shards(), e);
    } catch (Exception e) {
      throw new ShardFailedException(run.stage(), shard, run.shards(), e);
    }
  }
}
