package partita.schemas.artifact;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

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
      Files.createDirectories(target.getParent());
      DurableFile.rename(file, target);
    } catch (IOException e) {
      throw WriteFailure.of("work file " + name, folder, e);
    }
  }

  @Override
  public void publish(String name, Path file) throws IOException {
    Path target = path(name);
    try {
      Files.createDirectories(target.getParent());
      DurableFile.place(file, target, temporary);
    } catch (IOException e) {
      throw WriteFailure.of("work file " + name, folder, e);
    }
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    Path file = path(name);
    // A look first: an exception costs more, and the stop signal is looked for in every step.
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
    List<String> names = new ArrayList<>();
    collect(folder, "", prefix, names);
    Collections.sort(names);
    return names;
  }

  /** Collects names below a folder, which somebody else may be clearing. */
  private static void collect(Path folder, String path, String prefix, List<String> names)
      throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String name = path + child.getFileName();
        if (Files.isDirectory(child)) {
          collect(child, name + "/", prefix, names);
        } else if (name.startsWith(prefix)) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException e) {
      return; // nothing was written yet, or it was cleared meanwhile
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  @Override
  public void clear() throws IOException {
    TemporaryFiles.deleteTree(folder);
  }

  private Path path(String name) {
    return folder.resolve(StoreLayout.checkedWorkName(name));
  }
}
