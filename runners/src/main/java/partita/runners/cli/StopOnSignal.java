package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import partita.pipelines.dag.StopRequest;

/** Ctrl-C and SIGTERM: asks the stage at work to save, and waits a while for it. */
final class StopOnSignal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final StopRequest request;
  private final PrintStream err;
  private final Thread hook = new Thread(this::stop, "partita-stop");

  StopOnSignal(StopRequest request, PrintStream err) {
    this.request = request;
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    err.printf("%nStopping: waiting up to %d s for a checkpoint%n", PATIENCE_SECONDS);
    try {
      request.make();
      boolean idle = request.awaitIdle(PATIENCE_SECONDS);
      err.println(
          idle
              ? "Stopped; the same command continues"
              : "Stopped without a last checkpoint; the same command continues from the one before");
    } catch (IOException e) {
      err.println("Cannot ask the stage to stop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already: it holds the process until we are idle.
      Thread.yield();
    }
  }
}
