package partita.schemas.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A work area as a folder; each file appears by a rename. */
final class LocalWorkArea implements WorkArea {
  private final Path folder;
  private final TemporaryFiles temporary;

  LocalWorkArea(Path folder, TemporaryFiles temporary) {
    this.folder = folder;
    this.temporary = temporary;
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    write(name, content, true);
  }

  @Override
  public void note(String name, byte[] content) throws IOException {
    write(name, content, false);
  }

  private void write(String name, byte[] content, boolean sync) throws IOException {
    Path target = path(name);
    try {
      Path file = temporary.next(".work");
      DurableFile.write(file, content, sync);
      move(file, target);
    } catch (IOException e) {
      throw WriteFailure.of("work file " + name, folder, e);
    }
  }

  @Override
  public void publish(String name, Path file) throws IOException {
    Path target = path(name);
    try {
      Path near = LocalStore.onSameFileSystem(file, temporary);
      DurableFile.sync(near);
      move(near, target);
      DurableFile.syncFolder(target.getParent());
    } catch (IOException e) {
      throw WriteFailure.of("work file " + name, folder, e);
    }
  }

  private static void move(Path file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    DurableFile.rename(file, target);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    Path file = path(name);
    // Exceptions are costly and a stop signal is looked for in every step.
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Path> fetch(String name) {
    return Optional.of(path(name)).filter(Files::exists);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  @Override
  public void clear() throws IOException {
    if (Files.exists(folder)) {
      TemporaryFiles.deleteTree(folder);
    }
  }

  private Path path(String name) {
    return folder.resolve(StoreLayout.checkedWorkName(name));
  }
}
