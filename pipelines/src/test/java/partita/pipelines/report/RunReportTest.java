package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.RunEvents;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Metric;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Reference;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;

class RunReportTest {
  private static final double TOLERANCE = 1e-12;

  @TempDir static Path shared;
  private static ReportModel complete;

  @TempDir Path folder;

  @BeforeAll
  static void collectFinishedRun() throws IOException {
    complete = collect(SmallRun.in(shared, SmallRun.ID));
  }

  private static ReportModel collect(SmallRun run) throws IOException {
    return RunReport.collect(run.record("succeeded", ""), run.store());
  }

  @Test
  void metricIsTheMeanOverSeedsOfTheLastStepBesideFirstStepAndRealImages() {
    List<Metric> metrics = complete.metrics();
    assertEquals(1, metrics.size());
    Metric fid = metrics.get(0);
    assertEquals("fid(toy-classifier)", fid.name());
    assertEquals(6, fid.mean(), TOLERANCE);
    assertEquals(Math.sqrt(2), fid.std(), TOLERANCE);
    assertEquals(2, fid.seeds());
    assertEquals(4, fid.step());
    assertEquals(30, fid.first(), TOLERANCE);
    assertEquals(0.5, fid.realToReal(), TOLERANCE);
    assertEquals(SmallRun.IMAGES, fid.real());
    assertEquals(4, fid.generated());
    assertEquals(ReportModel.Better.LOWER, fid.better());
    assertEquals("not comparable", fid.verdict());
    assertEquals("toy-classifier (digest 4f1c20ab), with neighbors 5", fid.network());
  }

  @Test
  void metricCurveRunsOverStepsWithRealImagesAsReference() {
    Chart chart = chart("fid(toy-classifier)");
    double std = Math.sqrt(2);
    assertEquals(
        List.of(new Point(0, 30, 30, 30), new Point(4, 6, 6 - std, 6 + std)),
        chart.series().get(0).points());
    assertEquals(List.of(new Reference("real vs. real", 0.5)), chart.references());
  }

  private static Chart chart(String title) {
    return complete.charts().stream()
        .filter(chart -> chart.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void segmentsOfOneTrainingMakeOneCurve() {
    assertEquals(
        List.of(new Point(2, 20, 20, 20), new Point(4, 40, 40, 40)),
        chart("train: D").series().get(0).points());
    assertEquals(2, chart("classifier: loss").series().get(0).points().size());
    assertEquals("iteration", chart("instances: kmeans.objective").x());
  }

  @Test
  void samplesStandBesideTheImageTheyWereConditionedOn() {
    Sheet sheet = sheet("Samples at step 4");
    assertEquals(List.of("instance", "samples", ""), sheet.columns());
    assertEquals(List.of("image 104", "image 101"), labels(sheet));
    assertEquals(List.of(40, 204, 206), grays(sheet.rows().get(0)));
    assertEquals(List.of(10, 205, 207), grays(sheet.rows().get(1)));
    assertEquals(Origin.ANCHOR, sheet.rows().get(0).tiles().get(0).origin());
  }

  @Test
  void sameSampleIsShownAtEveryStep() {
    Sheet sheet = sheet("Samples through training");
    assertEquals(List.of("instance", "step 0", "step 4"), sheet.columns());
    assertEquals(List.of(40, 200, 204), grays(sheet.rows().get(0)));
    assertEquals(List.of(10, 201, 205), grays(sheet.rows().get(1)));
  }

  @Test
  void nearestImagesOfSampleAreThoseWithTheMostSimilarFeatures() {
    Sheet sheet = sheet("Nearest training images of samples");
    // The samples have the features of images 5, 0, 3 and 1; gray values are ten times the row.
    assertEquals(List.of(204, 50, 40), grays(sheet.rows().get(0)).subList(0, 3));
    assertEquals(List.of(205, 0, 10), grays(sheet.rows().get(1)).subList(0, 3));
    assertEquals(List.of(206, 30, 20), grays(sheet.rows().get(2)).subList(0, 3));
    assertEquals("1.000", sheet.rows().get(0).tiles().get(1).label());
  }

  @Test
  void neighborhoodsAreReadAsRowsOfFeaturesAndShownByImageId() {
    Sheet sheet = sheet("Neighborhoods of training images");
    assertEquals("image 100", sheet.rows().get(0).label());
    assertEquals(List.of(0, 10, 20), grays(sheet.rows().get(0)));
    assertEquals(List.of(50, 40, 30), grays(sheet.rows().get(5)));
    assertEquals("0.750", sheet.rows().get(5).tiles().get(1).label());
  }

  private static Sheet sheet(String title) {
    return complete.sheets().stream()
        .filter(sheet -> sheet.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> labels(Sheet sheet) {
    return sheet.rows().stream().map(Row::label).toList();
  }

  private static List<Integer> grays(Row row) {
    return row.tiles().stream().map(RunReportTest::gray).toList();
  }

  private static int gray(Tile tile) {
    try {
      byte[] png = Base64.getDecoder().decode(tile.png());
      return ImageIO.read(new ByteArrayInputStream(png)).getRaster().getSample(0, 0, 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void skippedImagesShakyDistancesAndMissingScoresAreNoted() {
    List<String> notes = complete.notes().stream().map(ReportModel.Note::text).toList();
    assertEquals(3, notes.size(), notes.toString());
    assertTrue(
        notes.get(0).startsWith("3 images could not be read and were skipped by stage ingest"));
    assertTrue(notes.get(0).contains(": b/<i>.png, c.jpg, d.jpg."), notes.get(0));
    assertTrue(notes.get(1).contains("evaluate@0.0 and 3 more stages comes from fewer images"));
    assertEquals(
        "There is no inception score: the embedding network gives no class scores.", notes.get(2));
  }

  @Test
  void headSaysWhereItRanAndHowToRepeatIt() {
    ReportModel.Run head = complete.run();
    assertEquals(
        "mvn -q compile exec:java -Dexec.mainClass=RunPipeline -Dexec.args=\"--set=train.steps=4\"",
        head.command());
    Map<String, String> facts =
        head.facts().stream()
            .collect(Collectors.toMap(ReportModel.Fact::name, ReportModel.Fact::text));
    assertEquals("cpu", facts.get("Device"));
    assertEquals("PyTorch 2.7.1", facts.get("Engine"));
    assertEquals("6 train", facts.get("Images"));
    assertEquals("0.750 on 6 validation images", facts.get("Classifier accuracy"));
    assertEquals(shared.toString(), head.artifacts());
  }

  @Test
  void stageTimesCountFromTheStartOfTheRun() {
    ReportModel.Stage second = complete.stages().get(1);
    assertEquals("classifier", second.name());
    assertEquals(1, second.start(), TOLERANCE);
    assertEquals(1, second.seconds(), TOLERANCE);
    assertTrue(Double.isNaN(second.earlierSeconds()));
    assertEquals("first time", second.reason());
  }

  @Test
  void cachedRunShowsEverythingWithTheDurationsOfTheRunThatMadeIt() throws IOException {
    ReportModel again = collect(SmallRun.in(folder, SmallRun.EARLIER));
    assertEquals(complete.metrics(), again.metrics());
    assertEquals(complete.charts(), again.charts());
    assertEquals(complete.sheets(), again.sheets());
    ReportModel.Stage stage = again.stages().get(1);
    assertEquals(StageStatus.CACHED, stage.status());
    assertTrue(Double.isNaN(stage.start()) && Double.isNaN(stage.seconds()));
    assertEquals(12.5, stage.earlierSeconds(), TOLERANCE);
    assertEquals("made by run " + SmallRun.EARLIER, stage.reason());
    String page = HtmlReport.render(again);
    assertTrue(page.contains("cached (13 s)"), page);
    assertTrue(page.contains("Nothing ran in this run"));
  }

  @Test
  void failedRunShowsItsMessageAndTheLossesWatchedBeforeTheFailure() throws IOException {
    SmallRun run = SmallRun.in(folder, SmallRun.ID);
    run.add("train@8", StageStatus.FAILED, "Stage train@8: D is NaN");
    run.add("sample@8.0", StageStatus.SKIPPED, "");
    try (RunEvents events = RunEvents.open(run.store().run(SmallRun.ID))) {
      events.append("train@8", "progress", "steps", Map.of("done", 5.0, "total", 8.0, "D", 3.5));
      events.append("train@8", "progress", "steps", Map.of("done", 5.0, "total", 8.0, "D", 3.5));
      events.append("train@8", "progress", "steps", Map.of("done", 6.0, "rate", 1.0, "D", 9.0));
    }
    ReportModel model =
        RunReport.collect(run.record("failed", "Stage train@8: D is NaN"), run.store());
    List<Point> points =
        model.charts().stream()
            .filter(chart -> chart.title().equals("train: D"))
            .flatMap(chart -> chart.series().get(0).points().stream())
            .toList();
    assertEquals(List.of(2.0, 4.0, 5.0, 6.0), points.stream().map(Point::step).toList());
    ReportModel.Stage failed = model.stages().get(model.stages().size() - 2);
    assertEquals("Stage train@8: D is NaN", failed.message());
    assertEquals(60, failed.start(), TOLERANCE);
    assertEquals(4, model.metrics().get(0).step(), "the last step that was scored");
    assertTrue(HtmlReport.render(model).contains("The run failed"));
  }

  @Test
  void missingArtifactsAreLeftOut() throws IOException {
    SmallRun run = SmallRun.in(folder, SmallRun.ID);
    for (String stage : List.of("ingest", "features")) {
      run.store().evict(run.artifact(stage).actionKey());
    }
    ReportModel model = collect(run);
    assertEquals(List.of(), titles(model, "Neighborhoods of training images"));
    Sheet samples =
        model.sheets().stream()
            .filter(s -> s.title().equals("Samples at step 4"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of("samples", ""), samples.columns(), "without the instances");
  }

  private static List<String> titles(ReportModel model, String title) {
    return model.sheets().stream().map(Sheet::title).filter(title::equals).toList();
  }

  @Test
  void damagedTableCostsItsSectionAloneAndIsNamed() throws IOException {
    SmallRun run = SmallRun.in(folder, SmallRun.ID);
    Path blob = run.store().blob(run.artifact("neighbors").files().get(0));
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    Path copy = Files.createTempFile(folder, "damaged", "");
    Files.write(copy, bytes);
    Files.move(copy, blob, StandardCopyOption.REPLACE_EXISTING);
    ReportModel model = collect(run);
    assertEquals(List.of(), titles(model, "Neighborhoods of training images"));
    assertEquals(3, model.sheets().size());
    String last = model.notes().get(model.notes().size() - 1).text();
    assertTrue(last.contains("neighbors/00000.arrow"), last);
  }

  @Test
  void hostileNamesOfStagesAndMessagesAreEscaped() throws IOException {
    SmallRun run = SmallRun.empty(folder);
    run.add("<img src=x onerror=alert(1)>", StageStatus.FAILED, "class <script>alert(2)</script>");
    Path page =
        new RunReport().render(run.record("failed", "<script>alert(3)</script>"), run.store());
    String html = Files.readString(page);
    assertFalse(html.contains("<img src=x"));
    assertFalse(html.contains("<script>alert"));
    assertTrue(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
  }

  @Test
  void pageAndJsonLieInTheRunsFolder() throws IOException {
    SmallRun run = SmallRun.empty(folder);
    Path page = new RunReport().render(run.record("succeeded", ""), run.store());
    assertEquals(run.store().run(SmallRun.ID).resolve("report.html"), page);
    assertEquals(collect(run), ReportFiles.read(page.resolveSibling("report.json")));
  }
}
