package partita.schemas.artifact;

import java.io.IOException;
import java.lang.management.ManagementFactory;
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

/**
 * Files being written, each process in a folder of its own named {@code pid@host}, so that what a
 * killed process left behind can be told from what a living one is writing.
 */
public final class TemporaryFiles {
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** {@code pid@host} of this JVM. */
  private static final String PROCESS =
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
   * Removes the folders of processes of this machine that are gone, and of any other machine that
   * wrote nothing for a day.
   */
  public void sweep() throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> folders;
    try (Stream<Path> listed = Files.list(root)) {
      folders = listed.toList();
    }
    for (Path folder : folders) {
      if (abandoned(folder)) {
        deleteTree(folder);
      }
    }
  }

  private static boolean abandoned(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    if (name.equals(PROCESS)) {
      return false;
    }
    String host = PROCESS.substring(PROCESS.indexOf('@'));
    if (name.endsWith(host) && name.matches("\\d{1,18}@.*")) {
      long pid = Long.parseLong(name.substring(0, name.indexOf('@')));
      return ProcessHandle.of(pid).isEmpty();
    }
    return lastWritten(folder).isBefore(Instant.now().minus(ABANDONED));
  }

  private static Instant lastWritten(Path folder) throws IOException {
    Instant[] last = {Instant.EPOCH};
    walk(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return visitFile(path, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            Instant modified = attributes.lastModifiedTime().toInstant();
            if (modified.isAfter(last[0])) {
              last[0] = modified;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return last[0];
  }

  /** Removes a folder and all below it; nothing happens when it is absent. */
  public static void deleteTree(Path folder) throws IOException {
    walk(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path path, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.deleteIfExists(path);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void walk(Path folder, SimpleFileVisitor<Path> visitor) throws IOException {
    Files.walkFileTree(folder, visitor);
  }
}
