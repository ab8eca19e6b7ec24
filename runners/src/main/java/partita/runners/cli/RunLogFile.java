package partita.runners.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Sends what Beam, Flink and DJL log, from warnings up, to a file of the run, not the terminal. */
final class RunLogFile implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private @Nullable Handler file;

  RunLogFile() {
    LogManager.getLogManager().reset();
    root.setLevel(Level.WARNING);
  }

  /** Begins the log of a run. */
  void open(Path runFolder) throws IOException {
    String name = runFolder.resolve("log.txt").toString().replace("%", "%%");
    FileHandler handler = new FileHandler(name, true);
    handler.setFormatter(new SimpleFormatter());
    root.addHandler(handler);
    file = handler;
  }

  /** Keeps the trace of a failure. */
  void failure(String stage, Exception failure) {
    root.log(Level.SEVERE, "Stage " + stage + " failed", failure);
  }

  @Override
  public void close() {
    if (file != null) {
      root.removeHandler(file);
      file.close();
    }
  }
}
