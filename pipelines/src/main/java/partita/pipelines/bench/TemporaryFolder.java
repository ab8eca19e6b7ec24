package partita.pipelines.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A folder for scratch files, removed with everything in it when closed. */
public final class TemporaryFolder implements AutoCloseable {
  private static final int SWEEPS = 20;
  private static final long SWEEP_PAUSE_NANOS = 100_000_000;

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** A new folder in the system's place for temporary files, removed also when the JVM is ended. */
  public static TemporaryFolder create() throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory("partita-bench"));
    Runtime.getRuntime().addShutdownHook(new Thread(folder::sweep));
    return folder;
  }

  /** A new folder in another. */
  static TemporaryFolder in(Path parent) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(parent, "scratch"));
  }

  /** A folder that is there already, from now on to be removed. */
  static TemporaryFolder of(Path path) {
    return new TemporaryFolder(path);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A process that is being ended at the same time may still write for a moment. */
  private void sweep() {
    for (int trial = 1; ; trial++) {
      try {
        close();
        return;
      } catch (IOException e) {
        if (trial == SWEEPS) {
          System.err.println("Cannot remove " + path + ": " + e.getMessage() + "; remove it");
          return;
        }
        LockSupport.parkNanos(SWEEP_PAUSE_NANOS);
      }
    }
  }
}
