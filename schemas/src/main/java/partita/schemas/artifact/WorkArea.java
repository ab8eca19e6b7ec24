package partita.schemas.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Crash-safe scratch of one action. Every write is atomic: a reader sees the old content or the
 * new, never a part. Names are flat or {@code folder/name}.
 */
public interface WorkArea {

  /** Writes or replaces a small file. */
  void write(String name, byte[] content) throws IOException;

  /**
   * Writes or replaces a small file that may be lost in a crash (of the machine where this is a
   * folder, of the process where it is remote): progress, which is written often.
   */
  default void note(String name, byte[] content) throws IOException {
    write(name, content);
  }

  /** Moves a finished local file here, replacing what was there. */
  void publish(String name, Path file) throws IOException;

  /** Reads a small file. */
  Optional<byte[]> read(String name) throws IOException;

  /** A local, readable path to a file here. */
  Optional<Path> fetch(String name) throws IOException;

  /** Names that begin with {@code prefix}, sorted. */
  List<String> list(String prefix) throws IOException;

  /** Removes one file; nothing happens when it is absent. */
  void delete(String name) throws IOException;

  /** Removes everything: the action is committed. */
  void clear() throws IOException;
}
