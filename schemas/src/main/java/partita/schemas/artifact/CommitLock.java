package partita.schemas.artifact;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/**
 * Lets one at a time commit to a local store or remove from it. Held for moments; making an
 * artifact needs no lock.
 */
final class CommitLock {
  /** Threads of one process queue here; they would find each other's file locks by polling only. */
  private static final Object THIS_PROCESS = new Object();

  private final Path root;

  /** The lock of a store, whose root is an absolute real path. */
  CommitLock(Path root) {
    this.root = root;
  }

  /** Waits for the lock and does something. */
  <T> T hold(Uninterrupted.Operation<T> operation) throws IOException {
    synchronized (THIS_PROCESS) {
      return Uninterrupted.run(
          () -> {
            try (FileLease lease = acquire()) {
              return operation.run();
            }
          });
    }
  }

  private FileLease acquire() throws IOException {
    try {
      return FileLease.acquire(root.resolve(StoreLayout.MANIFESTS + ".lock"), () -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot write in " + root + ": interrupted in the queue");
    } catch (IOException e) {
      throw WriteFailure.of("the lock", root, e);
    }
  }
}
