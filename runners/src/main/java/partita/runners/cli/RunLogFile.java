package partita.runners.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends what Beam, Flink and DJL log, from warnings up, to a file of the run, not the terminal. */
final class RunLogFile implements AutoCloseable {
  /** What Flink warns of in every healthy run; the loggers are kept, or their levels are lost. */
  private static final List<Logger> NOISY =
      Stream.of(
              "org.apache.flink.metrics",
              "org.apache.flink.runtime.security.token",
              "org.apache.flink.runtime.webmonitor")
          .map(Logger::getLogger)
          .toList();

  private static final Logger ROOT = Logger.getLogger("");

  /**
   * On a full disk the run says so in a sentence; a trace of the log's own failure adds nothing.
   */
  private static final ErrorManager UNHEARD =
      new ErrorManager() {
        @Override
        public void error(String message, Exception failure, int code) {}
      };

  private @Nullable Handler file;

  /** Takes the libraries' logs off the terminal; every command begins with it. */
  static void quiet() {
    LogManager.getLogManager().reset();
    ROOT.setLevel(Level.WARNING);
    NOISY.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  /** Begins the log of a run. */
  void open(Path runFolder) throws IOException {
    String name = runFolder.resolve("log.txt").toString().replace("%", "%%");
    FileHandler handler = new FileHandler(name, true);
    handler.setFormatter(new SimpleFormatter());
    handler.setErrorManager(UNHEARD);
    ROOT.addHandler(handler);
    file = handler;
  }

  /** Keeps the trace of a failure. */
  void failure(String what, Exception failure) {
    ROOT.log(Level.SEVERE, what + " failed", failure);
  }

  @Override
  public void close() {
    if (file != null) {
      ROOT.removeHandler(file);
      file.close();
    }
  }
}
