package partita.infra.gcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many small requests at a time, for each takes tens of milliseconds and next to no work. */
final class SideBySide {
  private static final int REQUESTS = 16;

  private SideBySide() {}

  /** One request. */
  interface Request<T, R> {
    R of(T item) throws IOException;
  }

  /** The results in the order of the items; the first failure if there is one. */
  static <T, R> List<R> map(List<T> items, Request<T, R> request) throws IOException {
    if (items.size() <= 1) {
      return items.isEmpty() ? List.of() : List.of(request.of(items.get(0)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(REQUESTS, items.size()));
    try {
      List<CompletableFuture<R>> results = new ArrayList<>();
      for (T item : items) {
        results.add(CompletableFuture.supplyAsync(() -> unchecked(request, item), threads));
      }
      // Unlike Future.get, join goes on when this thread is interrupted.
      return results.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T, R> R unchecked(Request<T, R> request, T item) {
    try {
      return request.of(item);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
