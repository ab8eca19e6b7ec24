package partita.pipelines.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import partita.pipelines.dag.BadInputException;

/**
 * A file or folder that appears whole or not at all: it is written beside its place under a name
 * that begins with a dot, and renamed at the end.
 */
final class ExportTarget implements AutoCloseable {
  private final Path target;
  private final Path place;

  private ExportTarget(Path target, Path place) {
    this.target = target;
    this.place = place;
  }

  /**
   * Refuses a target where something is already, or whose folder does not exist.
   *
   * @throws BadInputException saying which
   */
  static ExportTarget claim(Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null || !Files.isDirectory(parent)) {
      throw new BadInputException(
          "Cannot export to %s: expected a file or folder in a folder that exists"
              .formatted(target));
    }
    requireFree(target);
    return new ExportTarget(
        target, parent.resolve(".%s.partial-%s".formatted(name, UUID.randomUUID())));
  }

  private static void requireFree(Path target) throws IOException {
    if (Files.isDirectory(target) && !WeightsExport.isFile(target)) {
      try (Stream<Path> inside = Files.list(target)) {
        if (inside.findAny().isPresent()) {
          throw new BadInputException(
              "Cannot export to %s: the folder is not empty, and nothing is overwritten; remove it or name another by --to"
                  .formatted(target));
        }
      }
    } else if (Files.exists(target)) {
      throw new BadInputException(
          "Cannot export to %s: it exists, and nothing is overwritten; remove it or name another by --to"
              .formatted(target));
    }
  }

  /** Where it is to be. */
  Path target() {
    return target;
  }

  /** Where it is written. */
  Path place() {
    return place;
  }

  /** Makes the place a folder. */
  Path makeFolder() throws IOException {
    return Files.createDirectory(place);
  }

  /** Puts what was written into its place. */
  void publish() throws IOException {
    requireFree(target);
    Files.move(place, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    if (Files.exists(place)) {
      List<Path> left;
      try (Stream<Path> files = Files.walk(place)) {
        left = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }
}
