package partita.pipelines.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps an outcome: as a page, as Markdown and as JSON. */
public final class ReproductionFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReproductionFiles() {}

  /**
   * Writes {@code table.json}, {@code table.md} and {@code table.html}.
   *
   * @return the page
   */
  public static Path write(Reproduction reproduction, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("table.json"),
        JSON.writeValueAsString(ReproductionJson.of(reproduction)) + "\n");
    Files.writeString(folder.resolve("table.md"), ReproductionMarkdown.of(reproduction));
    return Files.writeString(
        folder.resolve("table.html"), ReproductionPage.render(reproduction, folder));
  }
}
