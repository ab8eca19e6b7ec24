package partita.transforms.train;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import partita.transforms.shard.ProcessWide;

/**
 * This process's hold on a GPU: two trainings on one GPU take longer than one after the other, or
 * run out of its memory. It is an operating system's file lock, which ends with the process; all
 * that this JVM does on the GPU shares one.
 */
final class DeviceLease implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  /**
   * What this process holds, and for how many. A second channel is never opened on a file that is
   * locked: closing it would drop the process's lock.
   */
  private static final Map<Path, Map.Entry<FileChannel, AtomicInteger>> HELD =
      ProcessWide.of("gpu-leases", HashMap::new);

  private final Path file;
  private boolean closed;

  private DeviceLease(Path file) {
    this.file = file;
  }

  /**
   * The lock file of the GPU that computes for this process: the first that {@code
   * CUDA_VISIBLE_DEVICES} names, or the first of the machine.
   */
  static Path file() {
    String visible =
        Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")).orElse("").split(",")[0].strip();
    String gpu = visible.isEmpty() ? "0" : visible.replaceAll("[^A-Za-z0-9-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir"), "partita-gpu-" + gpu + ".lock");
  }

  /**
   * Waits until no other process has the lock.
   *
   * @throws ClosedByInterruptException when the thread is interrupted while it waits
   */
  static DeviceLease take(Path file) throws IOException {
    while (!tryTake(file)) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClosedByInterruptException();
      }
    }
    return new DeviceLease(file);
  }

  private static boolean tryTake(Path file) throws IOException {
    synchronized (HELD) {
      Map.Entry<FileChannel, AtomicInteger> held = HELD.get(file);
      if (held == null) {
        FileChannel locked = lock(file);
        if (locked == null) {
          return false;
        }
        held = Map.entry(locked, new AtomicInteger());
        HELD.put(file, held);
      }
      held.getValue().incrementAndGet();
      return true;
    }
  }

  private static @Nullable FileChannel lock(Path file) throws IOException {
    FileChannel channel = open(file);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      return locked ? channel : null;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      // Not to be created: in a folder like /tmp the system refuses that on another user's file.
      return FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException first) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      // Whoever comes next may be another user, who has to be able to lock it.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      return channel;
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (closed) {
        return;
      }
      closed = true;
      Map.Entry<FileChannel, AtomicInteger> held = HELD.get(file);
      if (held.getValue().decrementAndGet() == 0) {
        HELD.remove(file);
        held.getKey().close();
      }
    }
  }
}
