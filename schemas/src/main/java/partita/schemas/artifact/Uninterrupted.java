package partita.schemas.artifact;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * File operations in spite of an interrupt. An interrupt closes the {@link
 * java.nio.channels.FileChannel} that its thread is using, also when it came before; a task that is
 * asked to stop still reads its inputs and writes its checkpoint.
 */
public final class Uninterrupted {

  /** An operation that opens its own channel and can be done again. */
  public interface Operation<T> {
    T run() throws IOException;
  }

  private Uninterrupted() {}

  /** Runs an operation, again if an interrupt cut it off; the thread is interrupted afterwards. */
  public static <T> T run(Operation<T> operation) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return operation.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
