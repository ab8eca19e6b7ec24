package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;

/** The page in Chromium, where there is one. */
class BrowserTest {
  private static final String HOSTILE =
      "</script><img src=x onerror=\"document.body.dataset.owned='yes'\"><script>alert(1)</script>";

  private static Path chromium = Path.of("");
  @TempDir private Path folder;

  @BeforeAll
  static void findChromium() {
    List<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .toList();
    assumeTrue(!found.isEmpty(), "no Chromium in /usr/bin: install the package chromium");
    chromium = found.get(0);
  }

  /** What a browser made of a page, and what it had to say. */
  private record Seen(String document, String complaints) {}

  private Seen open(Path page, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=3000",
                "--dump-dom"));
    command.addAll(List.of(options));
    command.add(page.toUri().toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "Chromium does not end");
      assertEquals(0, process.exitValue(), () -> read(err));
      return new Seen(read(out), read(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path page(ReportModel model) throws IOException {
    return Files.writeString(folder.resolve("report.html"), HtmlReport.render(model));
  }

  @Test
  void theScriptRunsAndNothingIsComplainedAbout() throws Exception {
    Seen seen = open(page(FakeReport.complete()));

    assertTrue(seen.document().contains("<button class=\"copy\" type=\"button\">"), "shown by it");
    assertFalse(seen.complaints().contains("CONSOLE"), seen.complaints());
  }

  @Test
  void nameOfAClassThatIsMarkupStaysText() throws Exception {
    ReportModel report = FakeReport.complete();
    Sheet sheet = report.sheets().get(0);
    Row row = sheet.rows().get(0);
    Sheet hostile =
        new Sheet(HOSTILE, HOSTILE, sheet.columns(), List.of(new Row(HOSTILE, row.tiles())));
    Seen seen =
        open(
            page(
                new ReportModel(
                    report.run(),
                    List.of(),
                    report.stages(),
                    report.artifacts(),
                    report.history(),
                    report.charts(),
                    report.metrics(),
                    List.of(hostile),
                    List.of())));

    assertFalse(seen.document().contains("data-owned"), "a script of the name ran");
    assertTrue(seen.document().contains("&lt;img src=x onerror="), "the name is shown");
    assertFalse(seen.complaints().contains("CONSOLE"), seen.complaints());
  }

  @Test
  void pageIsAsWideAsAPhone() throws Exception {
    page(FakeReport.complete());
    Path frame =
        Files.writeString(
            folder.resolve("frame.html"),
            """
            <body><iframe src="report.html" width="390" height="844" frameborder="0"
              onload="const page = this.contentDocument.documentElement;
                document.body.dataset.beyond = page.scrollWidth - page.clientWidth">
            </iframe></body>
            """);
    Seen seen = open(frame, "--allow-file-access-from-files");

    Matcher beyond = Pattern.compile("data-beyond=\"(-?\\d+)\"").matcher(seen.document());
    assertTrue(beyond.find(), seen.document());
    assertEquals("0", beyond.group(1), "pixels that lie outside of the screen");
  }

  @Test
  void darkAndLightHaveTheirOwnColors() throws Exception {
    page(FakeReport.complete());
    Path frame =
        Files.writeString(
            folder.resolve("frame.html"),
            """
            <body><iframe src="report.html"
              onload="document.body.dataset.page = getComputedStyle(this.contentDocument.body).backgroundColor">
            </iframe></body>
            """);
    String light = background(open(frame, "--allow-file-access-from-files"));
    String dark =
        background(
            open(
                frame,
                "--allow-file-access-from-files",
                "--blink-settings=preferredColorScheme=0"));

    assertEquals("rgb(246, 247, 248)", light);
    assertEquals("rgb(17, 20, 24)", dark);
  }

  private static String background(Seen seen) {
    Matcher color = Pattern.compile("data-page=\"([^\"]+)\"").matcher(seen.document());
    assertTrue(color.find(), seen.document());
    return color.group(1);
  }
}
