package partita.runners.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the outcome goes as JSON.
 *
 * @param file a file; empty for standard output, in place of text; null for nowhere
 */
record JsonTarget(@Nullable String file) {
  static final JsonTarget NONE = new JsonTarget(null);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
