package partita.models.op;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  private final Thread owner = Thread.currentThread();
  private final int threads = NativeThreads.get();
  private final List<CompletableFuture<Void>> others = new ArrayList<>();
  private boolean busy;
  private volatile @Nullable Round round;
  private volatile boolean closed;

  private Workers(int others) {
    try {
      for (int i = 0; i < others; i++) {
        this.others.add(CompletableFuture.runAsync(this::serve, Workers::start));
      }
      NativeThreads.set(1);
    } catch (RuntimeException | Error e) { // the system may refuse a thread
      close();
      throw e;
    }
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

  /**
   * As {@link #forEach}, by these workers and the calling thread.
   *
   * @throws IllegalStateException when another thread started these workers, when they are closed,
   *     or from a task of theirs
   */
  public void run(int count, IntConsumer task) {
    if (owner != Thread.currentThread() || busy || closed) {
      throw new IllegalStateException(
          "Cannot run tasks: expected the thread that started these workers, and neither while"
              + " they work nor after they are closed");
    }
    Round next = new Round(count, task, others.size());
    busy = true;
    round = next;
    next.work();
    long since = System.nanoTime();
    while (next.working.get() > 0) {
      await(since);
    }
    busy = false;
    next.fail();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "worker");
    thread.setDaemon(true);
    thread.start();
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

  /** Ends the threads, and gives this one its native threads back. */
  @Override
  public void close() {
    closed = true;
    others.forEach(CompletableFuture::join);
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

    @SuppressWarnings("CatchingUnchecked") // a checked one thrown unseen must not be lost either
    void work() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          task.accept(i);
        } catch (Throwable e) {
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
        } else if (failure != null) {
          throw new IllegalStateException("Cannot finish a task", failure);
        }
      }
    }
  }
}
