package partita.transforms.shard;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import partita.models.op.NativeThreads;

/**
 * A shard's turn at the native engine, whose thread number and gradient collection belong to the
 * whole process: an exclusive shard has it alone with all threads, other numeric shards share it
 * with one thread each, and the rest never touch it.
 */
final class NativeTurn implements AutoCloseable {
  // Fair, so that training is not starved by a stream of small shards.
  private static final ReentrantReadWriteLock ENGINE =
      ProcessWide.of("native-turn", () -> new ReentrantReadWriteLock(true));

  private static final NativeTurn WITHOUT_ENGINE = new NativeTurn(() -> {});

  private final Runnable release;

  private NativeTurn(Runnable release) {
    this.release = release;
  }

  /** Waits for the turn and sets the number of native threads on this thread. */
  static NativeTurn take(ShardTask task, Execution execution) throws InterruptedException {
    if (!task.numeric()) {
      return WITHOUT_ENGINE;
    }
    Lock lock = task.exclusive() ? ENGINE.writeLock() : ENGINE.readLock();
    lock.lockInterruptibly();
    try {
      NativeThreads.set(task.exclusive() ? execution.threads() : 1);
    } catch (Throwable e) {
      lock.unlock();
      throw e;
    }
    return new NativeTurn(lock::unlock);
  }

  @Override
  public void close() {
    release.run();
  }
}
