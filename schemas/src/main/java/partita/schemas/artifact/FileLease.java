package partita.schemas.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lease as an operating system's file lock, which ends with the process that holds it. The lock
 * file stays, for removing it may let a waiter and a newcomer lock two different files; garbage
 * collection removes one that nobody has used for long, while it holds the lease.
 */
final class FileLease implements ArtifactStore.Lease {
  /**
   * Lock files held by this JVM. POSIX drops a process's lock when the process closes <em>any</em>
   * channel on the file, so a second channel must not be opened while a lease is held.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final long POLL_MILLIS = 50;

  private final Path file;
  private final FileChannel channel;
  private boolean released;

  private FileLease(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Waits for the lock of a file, an absolute real path; {@code waiting} runs once on a wait. */
  static FileLease acquire(Path file, Runnable waiting) throws IOException, InterruptedException {
    Optional<FileLease> lease = tryAcquire(file);
    if (lease.isEmpty()) {
      waiting.run();
    }
    while (lease.isEmpty()) {
      Thread.sleep(POLL_MILLIS);
      lease = tryAcquire(file);
    }
    return lease.get();
  }

  /** The lock of a file, an absolute real path, unless another one holds it. */
  static Optional<FileLease> tryAcquire(Path file) throws IOException {
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    FileLease lease = null;
    try {
      lease = lock(file);
      return Optional.ofNullable(lease);
    } finally {
      if (lease == null) {
        HELD.remove(file);
      }
    }
  }

  private static @Nullable FileLease lock(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException usual) {
      // somebody's, or left by somebody
    }
    Optional<Object> before = inode(file);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException removedMeanwhile) {
      return null;
    }
    FileLease lease = null;
    try {
      FileLock lock = channel.tryLock();
      // If its holder removed the file meanwhile, a newcomer locks another.
      boolean held = lock != null && before.isPresent() && inode(file).equals(before);
      lease = held ? new FileLease(file, channel) : null;
      return lease;
    } finally {
      if (lease == null) {
        channel.close();
      }
    }
  }

  private static Optional<Object> inode(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(Optional.<Object>ofNullable(attributes.fileKey()).orElse("unknown"));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!released) {
      released = true;
      try {
        channel.close();
      } finally {
        HELD.remove(file);
      }
    }
  }
}
