package partita.pipelines.dag;

import java.nio.file.Path;
import java.util.List;

/**
 * What a stage reads from outside the store: a data set's file or folder.
 *
 * @param path the file or folder handed to the task, see {@code ShardInputs.file}
 * @param files the files that it stands for, inside {@code path} or {@code path} itself; their
 *     names below {@code path} and their bytes enter the key, the location of {@code path} does not
 */
public record RawInput(Path path, List<Path> files) {

  public RawInput {
    files = files.stream().sorted().toList();
    if (files.isEmpty()) {
      throw new BadInputException("Cannot read " + path + ": it stands for no file");
    }
  }

  /** A single file. */
  public static RawInput of(Path file) {
    return new RawInput(file, List.of(file));
  }
}
