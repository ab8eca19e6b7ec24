package partita.schemas.artifact;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files being written, each process in a folder of its own named {@code pid@host}, so that what a
 * killed process left behind can be told from what a living one is writing.
 */
public final class TemporaryFiles {
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** {@code pid@host} of this JVM. */
  static final String PROCESS =
      ManagementFactory.getRuntimeMXBean().getName().replaceAll("[^A-Za-z0-9@._-]", "_");

  private final Path root;

  /** Temporary files below a folder, which need not exist. */
  public TemporaryFiles(Path root) {
    this.root = root;
  }

  /** This process's folder, created when absent. */
  public Path folder() throws IOException {
    return Files.createDirectories(root.resolve(PROCESS));
  }

  /** A path in this process's folder that nothing else uses. */
  public Path next(String suffix) throws IOException {
    return folder().resolve(UUID.randomUUID() + suffix);
  }

  /**
   * Removes what processes of this machine left that are gone, and whatever else nobody wrote to
   * for a day. What belongs to another user stays.
   */
  public void sweep() throws IOException {
    List<Path> left;
    try (Stream<Path> listed = Files.list(Files.createDirectories(root))) {
      left = listed.toList();
    }
    for (Path path : left) {
      try {
        if (abandoned(path)) {
          deleteTree(path);
        }
      } catch (AccessDeniedException e) {
        // Their owner's next run removes them.
      }
    }
  }

  private static boolean abandoned(Path path) throws IOException {
    String name = path.getFileName().toString();
    if (name.equals(PROCESS)) {
      return false;
    }
    String host = PROCESS.substring(PROCESS.indexOf('@'));
    if (name.endsWith(host) && name.matches("\\d{1,18}@.*")) {
      return ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('@')))).isEmpty();
    }
    return lastWritten(path).isBefore(Instant.now().minus(ABANDONED));
  }

  private static Instant lastWritten(Path path) throws IOException {
    Instant[] last = {Instant.EPOCH};
    Files.walkFileTree(
        path,
        new Visitor() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Instant modified = attributes.lastModifiedTime().toInstant();
            last[0] = modified.isAfter(last[0]) ? modified : last[0];
            return FileVisitResult.CONTINUE;
          }
        });
    return last[0];
  }

  /** Removes a file or folder and all below it; nothing happens when it is absent. */
  public static void deleteTree(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Passes over files that somebody else removes meanwhile. */
  private static class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
