package partita.pipelines.dag;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that tells the listener about a running stage once a second, the log now and then. */
final class ProgressPoller implements AutoCloseable {
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  private final ProgressWatch watch;
  private final RunListener listener;
  private final Log log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Instant logged = Instant.EPOCH;

  /** Keeps what was told now and then. */
  interface Log {
    void event(String stage, String kind, String message, Map<String, Double> values)
        throws IOException;
  }

  ProgressPoller(ProgressWatch watch, RunListener listener, Log log) {
    this.watch = watch;
    this.listener = listener;
    this.log = log;
    this.thread = new Thread(this::poll, "partita-progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void poll() {
    try {
      while (!closed.await(1, TimeUnit.SECONDS)) {
        tell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    try {
      StageProgress progress = watch.read();
      listener.progress(progress);
      Instant now = Instant.now();
      if (Duration.between(logged, now).compareTo(LOGGED_EVERY) >= 0) {
        logged = now;
        log.event(progress.stage(), "progress", progress.unit(), values(progress));
      }
    } catch (IOException missed) {
      // The next second reads it again; progress is for the eye and never worth failing a run.
      listener.progressMissed(missed);
    }
  }

  private static Map<String, Double> values(StageProgress progress) {
    Map<String, Double> values = new TreeMap<>(progress.values());
    values.put("done", (double) progress.done());
    values.put("total", (double) progress.total());
    values.put("rate", progress.rate());
    values.put("shardsDone", (double) progress.shardsDone());
    values.put("shards", (double) progress.shards());
    return values;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
