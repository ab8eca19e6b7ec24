package partita.runners.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.BadInputException;

/**
 * Where the outcome goes as JSON.
 *
 * @param file a file; empty for standard output, in place of text; null for nowhere
 */
record JsonTarget(@Nullable String file) {
  static final JsonTarget NONE = new JsonTarget(null);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Refuses a file that cannot be made, before the work of which it is to tell.
   *
   * @throws BadInputException when its folder does not exist, or it is a folder itself
   */
  void check() {
    if (file == null || file.isEmpty()) {
      return;
    }
    Path folder = Path.of(file).toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(Path.of(file))) {
      throw new BadInputException(
          "Cannot write --json=%s: expected a file in a folder that exists".formatted(file));
    }
  }

  /** Whether standard output is for JSON alone. */
  boolean takesOutput() {
    return file != null && file.isEmpty();
  }

  /** Writes {@code value} as JSON where asked, and the text unless JSON takes its place. */
  void write(Object value, PrintStream out, Runnable text) throws IOException {
    if (takesOutput()) {
      out.println(JSON.writeValueAsString(value));
      return;
    }
    text.run();
    if (file != null) {
      Files.writeString(Path.of(file), JSON.writeValueAsString(value) + "\n");
    }
  }
}
