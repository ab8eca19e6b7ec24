package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Note;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Series;
import partita.pipelines.report.ReportModel.Subject;

class HtmlReportTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"' onload=x &amp;\u0000";

  @TempDir Path folder;

  @Test
  void stageThatWasRunAgainSaysWhatCameOut() {
    String page = HtmlReport.render(FakeReport.complete());
    assertTrue(page.contains("<td>same bits at parallelism 1, 2</td>"), page);
  }

  @Test
  void pageLoadsNothingFromAnywhere() {
    String page = HtmlReport.render(FakeReport.complete());
    assertFalse(page.matches("(?s).*https?://.*"), "an address");
    assertFalse(page.contains("@import"));
    assertFalse(page.matches("(?s).*url\\(.*"), "a url() in the style");
    assertFalse(page.matches("(?s).*<(link|iframe|object)\\b.*"), "an element that loads");
    assertTrue(page.contains("default-src &#39;none&#39;"));
  }

  @Test
  void hostileNamesAreEscapedWhereverTheyAppear() {
    ReportModel.Run run = FakeReport.run("failed", HOSTILE);
    ReportModel model =
        new ReportModel(
            new ReportModel.Run(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                1,
                List.of(new ReportModel.Fact(HOSTILE, HOSTILE)),
                HOSTILE,
                HOSTILE,
                run.failure()),
            List.of(new Note(ReportModel.Level.WARNING, HOSTILE)),
            List.of(
                new ReportModel.Stage(
                    HOSTILE,
                    StageStatus.FAILED,
                    0,
                    1,
                    1,
                    List.of(),
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    HOSTILE)),
            List.of(
                new ReportModel.Artifact(
                    HOSTILE,
                    1,
                    1,
                    List.of(new ReportModel.Download(HOSTILE, 1, 1, HOSTILE, "../../blobs")))),
            List.of(
                new ReportModel.PastRun(
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    1,
                    1,
                    1,
                    List.of(new ReportModel.Difference(HOSTILE, HOSTILE)))),
            List.of(
                new Chart(
                    Subject.TRAINING,
                    HOSTILE,
                    HOSTILE,
                    List.of(new Series(HOSTILE, List.of(new Point(0, 1, 1, 1)))),
                    List.of(new ReportModel.Reference(HOSTILE, 1)))),
            List.of(
                new ReportModel.Metric(
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    ReportModel.Better.LOWER,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    1,
                    HOSTILE,
                    HOSTILE)),
            List.of(
                new ReportModel.Sheet(
                    HOSTILE,
                    HOSTILE,
                    List.of(HOSTILE),
                    List.of(
                        new ReportModel.Row(
                            HOSTILE,
                            List.of(FakeReport.picture(ReportModel.Origin.REAL, HOSTILE, 1, 1)))))),
            List.of(
                new ReportModel.Scatter(
                    HOSTILE,
                    HOSTILE,
                    List.of(
                        new ReportModel.Round(HOSTILE, List.of(hostileCloud())),
                        new ReportModel.Round(HOSTILE, List.of(hostileCloud()))))));
    String page = HtmlReport.render(model);
    assertEquals(1, page.split("<script>", -1).length - 1, "our own script alone");
    assertFalse(page.contains("\"' onload"));
    assertFalse(page.contains("\u0000"));
    assertTrue(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x &amp;amp;\uFFFD"));
  }

  private static ReportModel.Cloud hostileCloud() {
    return new ReportModel.Cloud(
        HOSTILE, ReportModel.Origin.REAL, List.of(0.0), List.of(0.0), List.of(1));
  }

  @Test
  void jsonReadsBackAsTheModel() throws IOException {
    ReportModel model = FakeReport.complete();
    Path page = ReportFiles.write(model, folder);
    assertEquals(model, ReportFiles.read(folder.resolve("report.json")));
    assertEquals(HtmlReport.render(model), Files.readString(page));
    assertEquals(List.of("report.html", "report.json"), names(), "no part file is left");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void failureMessageAndFailedStageAreShown() {
    String page = HtmlReport.render(FakeReport.failed());
    assertTrue(page.contains("The last good checkpoint is step 1,250"));
    assertTrue(page.contains("box failed"));
    assertTrue(page.contains("Cannot train: loss D is NaN at step 1,412"));
    assertFalse(page.contains("id=\"metrics\""), "no section without content");
  }

  @Test
  void curvesWithoutFiniteValuesAreNamedAndNotDrawn() {
    Point broken = new Point(1, Double.NaN, Double.NaN, Double.NaN);
    Chart chart =
        new Chart(
            Subject.TRAINING,
            "Losses",
            "step",
            List.of(new Series("loss.D", List.of(broken)), new Series("loss.G", List.of())),
            List.of());
    String figure = CurveSection.draw(List.of(chart)).toString();
    assertTrue(figure.contains("No finite values were recorded."));
    assertTrue(figure.contains("loss.G"));
    assertFalse(figure.contains("NaN"));
  }

  @Test
  void curveSkipsValuesThatAreNotFinite() {
    Chart chart =
        new Chart(
            Subject.TRAINING,
            "Losses",
            "step",
            List.of(
                new Series(
                    "loss.D",
                    List.of(
                        new Point(0, 1, 1, 1),
                        new Point(1, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN),
                        new Point(2, 3, 3, 3)))),
            List.of(new ReportModel.Reference("real", Double.NaN)));
    String figure = CurveSection.draw(List.of(chart)).toString();
    assertTrue(figure.contains("data-y=\"1.000|3.000\""), figure);
    assertFalse(figure.contains("NaN"));
  }

  @Test
  void aCountThatStaysZeroHasNoNegativeAxis() {
    List<Point> zeros = List.of(new Point(0, 0, 0, 0), new Point(9, 0, 0, 0));
    Chart chart =
        new Chart(Subject.CLUSTERS, "", "", List.of(new Series("reseeded", zeros)), List.of());
    assertFalse(CurveSection.draw(List.of(chart)).toString().contains("−"));
  }

  @Test
  void realisticPageStaysBelowFiveMegabytes() throws IOException {
    Path target = Files.createDirectories(Path.of("target", "report-sample"));
    Path page = ReportFiles.write(FakeReport.complete(), target);
    assertTrue(Files.size(page) < 5_000_000, Files.size(page) + " bytes");
    ReportFiles.write(FakeReport.failed(), Files.createDirectories(target.resolve("failed")));
  }
}
