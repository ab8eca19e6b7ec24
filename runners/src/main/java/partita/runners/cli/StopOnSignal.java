package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C and SIGTERM: asks the stage at work to save, and holds the process until the run ends. */
final class StopOnSignal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  /** Asks what is at work to save and end. */
  interface Request {
    void make() throws IOException;
  }

  private final Request request;
  private final PrintStream err;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "partita-stop");

  StopOnSignal(Request request, PrintStream err) {
    this.request = request;
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    err.printf("%nStopping: waiting up to %d s for a checkpoint%n", PATIENCE_SECONDS);
    try {
      request.make();
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println(
            "Stopped without waiting longer; the same command continues from the last save");
      }
    } catch (IOException e) {
      err.println("Cannot ask the stage to stop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      Thread.yield(); // the hook runs already and ends with us
    }
  }
}
