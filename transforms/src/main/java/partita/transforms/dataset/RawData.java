package partita.transforms.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * What an ingest task reads under one input name.
 *
 * @param path the file or folder handed to the task
 * @param files every file it stands for, inside {@code path} or {@code path} itself; their digests
 *     are the stage's inputs
 */
public record RawData(Path path, List<Path> files) {

  public RawData {
    files = List.copyOf(files);
  }

  static RawData of(Path file) {
    return new RawData(file, List.of(file));
  }
}
