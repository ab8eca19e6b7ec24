package partita.schemas.artifact;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Steps of a write that survives a crash: content first, then a rename, then the folder. None is
 * cut off by an interrupt, for a task that is asked to stop still has its checkpoint to write.
 */
final class DurableFile {

  private DurableFile() {}

  /** Writes a new file; with {@code sync} its bytes are on the disk when this returns. */
  static void write(Path file, byte[] content, boolean sync) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(content);
      if (sync) {
        out.getFD().sync();
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Puts a finished file in its place, over an older one if there is one, with its bytes on the
   * disk before its name. A file on another disk is copied first.
   */
  static void place(Path file, Path target, TemporaryFiles temporary) throws IOException {
    sync(file);
    try {
      rename(file, target);
    } catch (AtomicMoveNotSupportedException e) {
      Path copy = temporary.next(".copy");
      try {
        Files.copy(file, copy);
        sync(copy);
        rename(copy, target);
      } finally {
        Files.deleteIfExists(copy);
      }
      Files.delete(file);
    }
    syncFolder(target.getParent());
  }

  /** Renames within a disk, over an older file if there is one. */
  static void rename(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void sync(Path file) throws IOException {
    Uninterrupted.run(
        () -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
          return file;
        });
  }

  /** Makes sure that the names in a folder are on the disk, where the system can do that. */
  static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // cannot open a folder; NTFS journals its renames
    }
    Uninterrupted.run(
        () -> {
          try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
          }
          return folder;
        });
  }
}
