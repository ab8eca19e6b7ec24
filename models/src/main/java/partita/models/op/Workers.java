package partita.models.op;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs independent tasks on as many threads as the native engine has been given, each with one
 * native thread: the bits of a product then do not depend on their number, and no thread waits for
 * another within a product.
 */
public final class Workers {
  private final int count;
  private final IntConsumer task;
  private final AtomicInteger next = new AtomicInteger();
  private final @Nullable Throwable[] failures;

  private Workers(int count, IntConsumer task) {
    this.count = count;
    this.task = task;
    this.failures = new Throwable[count];
  }

  /**
   * Runs {@code task} for every index below {@code count}, in any order and side by side. Of
   * several failures that of the smallest index is thrown.
   */
  public static void forEach(int count, IntConsumer task) {
    int threads = NativeThreads.get();
    try {
      new Workers(count, task).run(Math.min(threads, count));
    } finally {
      NativeThreads.set(threads);
    }
  }

  private void run(int threads) {
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      others.add(CompletableFuture.runAsync(this::work, Workers::start));
    }
    work();
    // Joining so leaves an interrupt to those who poll for it.
    others.forEach(CompletableFuture::join);
    for (Throwable failure : failures) {
      if (failure instanceof RuntimeException exception) {
        throw exception;
      } else if (failure instanceof Error error) {
        throw error;
      }
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "worker");
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    NativeThreads.set(1);
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      try {
        task.accept(i);
      } catch (RuntimeException | Error e) {
        failures[i] = e;
        next.set(count); // smaller indices are all taken by now
      }
    }
  }
}
