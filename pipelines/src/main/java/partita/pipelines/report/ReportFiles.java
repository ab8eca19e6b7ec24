package partita.pipelines.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a report as a page and as JSON, each replaced atomically. */
final class ReportFiles {
  static final String PAGE = "report.html";
  static final String JSON = "report.json";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFiles() {}

  /**
   * Writes {@code report.html} and {@code report.json}.
   *
   * @param folder the run's folder
   * @return the page
   */
  static Path write(ReportModel model, Path folder) throws IOException {
    replace(folder.resolve(JSON), MAPPER.writeValueAsBytes(model));
    byte[] page = HtmlReport.render(model).getBytes(StandardCharsets.UTF_8);
    return replace(folder.resolve(PAGE), page);
  }

  /** Reads a report back. */
  static ReportModel read(Path json) throws IOException {
    return MAPPER.readValue(json.toFile(), ReportModel.class);
  }

  private static Path replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    return Files.move(
        part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
