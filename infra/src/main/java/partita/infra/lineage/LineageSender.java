package partita.infra.lineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.transports.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends events in their order from a thread of its own, so that a server that is slow, gone or
 * never answers costs a run nothing while it goes on, and a few seconds at its end. What is not
 * delivered is lost, with one warning; later events are tried again.
 */
public final class LineageSender implements AutoCloseable {
  /** How long one step of a request may take, and how long the end of a run waits for the rest. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int LINE = 200;

  private final String target;
  private final Transport transport;
  private final Consumer<String> warnings;
  private final Duration patience;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "lineage");
            thread.setDaemon(true);
            return thread;
          });
  private boolean warned;

  LineageSender(LineageTarget target, Consumer<String> warnings, Duration patience) {
    this.target = target.shown();
    this.transport = target.open(patience);
    this.warnings = warnings;
    this.patience = patience;
  }

  /**
   * Opens the way to a target.
   *
   * @param warnings hears, once at most, that something could not be sent
   */
  public static LineageSender to(LineageTarget target, Consumer<String> warnings) {
    return new LineageSender(target, warnings, PATIENCE);
  }

  /** Makes and sends an event; what goes wrong in either is a warning. */
  public void send(EventSource source) {
    thread.execute(
        () -> {
          try {
            transport.emit(source.make());
          } catch (IOException | RuntimeException e) {
            warn(reason(e));
          }
        });
  }

  /** Makes an event, for which it may read tables. */
  public interface EventSource {
    OpenLineage.RunEvent make() throws IOException;
  }

  /** The innermost cause: the client's own exceptions only wrap it. */
  private static String reason(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String line = String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    return innermost.getClass().getSimpleName()
        + ": "
        + (line.length() > LINE ? line.substring(0, LINE) + "..." : line);
  }

  private synchronized void warn(String reason) {
    if (!warned) {
      warned = true;
      warnings.accept(
          "Cannot send lineage to %s (%s); the run goes on, and this is said once"
              .formatted(target, reason));
    }
  }

  /** Waits a little for what is still to be sent. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        warn("no answer within %d s".formatted(patience.toSeconds()));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.shutdownNow();
    try {
      transport.close();
    } catch (Exception e) {
      warn(reason(e));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
