package partita.models.op;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * As many threads as the native engine has been given, each with one native thread, that share
 * independent tasks: the bits of a product then do not depend on their number, and no thread waits
 * for another within a product.
 *
 * <p>Between rounds of tasks they stay awake for some milliseconds: a round may be over before a
 * sleeping thread is up. Hold workers for no longer than there is work.
 */
public final class Workers implements AutoCloseable {
  /** Time that is waited awake, in ns. */
  private static final long AWAKE = 5_000_000;

  /** Time between two looks after that, in ns. */
  private static final long PAUSE = 100_000;

  private final int threads = NativeThreads.get();
  private final List<Thread> others = new ArrayList<>();
  private volatile @Nullable Round round;
  private volatile boolean closed;

  private Workers(int others) {
    for (int i = 0; i < others; i++) {
      Thread thread = new Thread(this::serve, "worker");
      thread.setDaemon(true);
      thread.start();
      this.others.add(thread);
    }
    NativeThreads.set(1);
  }

  /** Workers of this thread, which has one native thread until they are closed. */
  public static Workers start() {
    return new Workers(NativeThreads.get() - 1);
  }

  /**
   * Runs {@code task} for every index below {@code count}, in any order and side by side. Of
   * several failures that of the smallest index is thrown.
   */
  public static void forEach(int count, IntConsumer task) {
    try (Workers workers = new Workers(Math.min(NativeThreads.get(), count) - 1)) {
      workers.run(count, task);
    }
  }

  /** As {@link #forEach}, by these workers and the calling thread, which started them. */
  public void run(int count, IntConsumer task) {
    Round next = new Round(count, task, others.size());
    round = next;
    next.work();
    long since = System.nanoTime();
    while (next.working.get() > 0) {
      await(since);
    }
    next.fail();
  }

  private void serve() {
    NativeThreads.set(1);
    Round last = null;
    long since = System.nanoTime();
    while (!closed) {
      Round now = round;
      if (now == last || now == null) {
        await(since);
      } else {
        now.work();
        now.working.decrementAndGet();
        last = now;
        since = System.nanoTime();
      }
    }
  }

  /** An interrupt is left to those who poll for it. */
  private static void await(long since) {
    if (System.nanoTime() - since < AWAKE) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(PAUSE);
    }
  }

  @Override
  public void close() {
    closed = true;
    NativeThreads.set(threads);
  }

  /** Tasks of one call. */
  private static final class Round {
    private final int count;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger working;
    private final @Nullable Throwable[] failures;

    Round(int count, IntConsumer task, int others) {
      this.count = count;
      this.task = task;
      this.working = new AtomicInteger(others);
      this.failures = new Throwable[count];
    }

    void work() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          task.accept(i);
        } catch (RuntimeException | Error e) {
          failures[i] = e;
          next.set(count); // smaller indices are all taken by now
        }
      }
    }

    void fail() {
      for (Throwable failure : failures) {
        if (failure instanceof RuntimeException exception) {
          throw exception;
        } else if (failure instanceof Error error) {
          throw error;
        }
      }
    }
  }
}
