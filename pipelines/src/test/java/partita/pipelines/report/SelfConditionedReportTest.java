package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Cloud;
import partita.pipelines.report.ReportModel.Metric;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Round;
import partita.pipelines.report.ReportModel.Scatter;
import partita.pipelines.report.ReportModel.Series;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Subject;
import partita.pipelines.report.ReportModel.Tile;

class SelfConditionedReportTest {
  @TempDir static Path shared;
  private static ReportModel points;

  @TempDir Path folder;

  @BeforeAll
  static void collectRunOnPoints() throws IOException {
    points = collect(SelfConditionedRun.onPoints(shared));
  }

  private static ReportModel collect(SmallRun run) throws IOException {
    return RunReport.collect(run.record("succeeded", ""), run.store());
  }

  @Test
  void everyRoundHasItsGeneratedPointsWithTheLabelsTheyWereConditionedOn() {
    List<Round> rounds = points.scatters().get(0).rounds();
    assertEquals(List.of("step 0", "step 2,500"), rounds.stream().map(Round::title).toList());
    Cloud generated = rounds.get(1).clouds().get(1);
    assertEquals(Origin.GENERATED, generated.origin());
    assertEquals(List.of(0.0, 1.0, 2.0), generated.x());
    assertEquals(List.of(2500.0, 2500.0, 2500.0), generated.y());
    assertEquals(List.of(1, 0, 1), generated.clusters());
  }

  @Test
  void realPointsHaveTheClustersOfTheirRound() {
    List<Round> rounds = points.scatters().get(0).rounds();
    Cloud first = rounds.get(0).clouds().get(0);
    assertEquals(List.of(0.0, -1.0, -2.0, -3.0, -4.0), first.y());
    assertEquals(
        List.of(1, 1, 1, 0, 0), first.clusters(), "cluster@0, from which the samples were drawn");
    assertEquals(List.of(1, 1, 1, 1, 0), rounds.get(1).clouds().get(0).clusters());
  }

  @Test
  void figuresStandBesideTheCeilingOfRealPoints() {
    List<Metric> metrics = points.metrics();
    assertEquals(List.of("modes", "reverse-kl(ln)"), metrics.stream().map(Metric::name).toList());
    assertEquals(24, metrics.get(0).mean());
    assertEquals(1, metrics.get(0).first());
    assertEquals(25, metrics.get(0).realToReal());
    assertEquals(3, metrics.get(0).generated());
    assertEquals(2, metrics.get(0).checkpoints());
    assertEquals(12.5, metrics.get(0).checkpointMean());
    assertEquals(0, metrics.get(1).checkpoints(), "not in the summary");
    assertEquals("grid, 3 points", metrics.get(0).protocol());
    assertEquals(ReportModel.Better.HIGHER, metrics.get(0).better());
    assertEquals(ReportModel.Better.LOWER, metrics.get(1).better());
    String page = HtmlReport.render(points);
    assertTrue(page.contains("12.50 over 2"), "the last steps");
    assertFalse(
        points.run().facts().stream().anyMatch(fact -> fact.name().contains("nmi")),
        "clusters are no network");
    assertFalse(page.contains("Scored by"), "no network");
    assertFalse(page.contains("published FID"), "no network");
  }

  @Test
  void agreementReseedingAndSizesAreCurvesByRound() {
    Chart nmi = chart("nmi of the clusters");
    assertEquals(
        List.of("nmi(truth)", "nmi(previous)"), nmi.series().stream().map(Series::name).toList());
    assertEquals(
        List.of(new Point(0, 0.25, 0.25, 0.25), new Point(2500, 0.75, 0.75, 0.75)),
        nmi.series().get(0).points());
    assertEquals(1, nmi.series().get(1).points().size(), "the first round has none before it");
    assertEquals(
        new Point(2500, 2, 2, 2), chart("clusters reseeded").series().get(0).points().get(1));
    assertEquals(new Point(2500, 4, 1, 4), chart("cluster sizes").series().get(0).points().get(1));
    assertTrue(HtmlReport.render(points).contains("Clusters by round"));
  }

  private static Chart chart(String title) {
    return points.charts().stream()
        .filter(chart -> chart.subject() == Subject.CLUSTERS && chart.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void clustersOfImagesAreShownLargestFirstWithRealBesideGenerated() throws IOException {
    Sheet sheet = collect(SelfConditionedRun.onImages(folder, 100)).sheets().get(0);
    assertEquals("Clusters at step 2,500", sheet.title());
    assertEquals(List.of("real", "generated", ""), sheet.columns());
    assertEquals(
        List.of("cluster 1: 4", "cluster 0: 1"),
        sheet.rows().stream().map(ReportModel.Row::label).toList());
    assertEquals(
        List.of(0, 200, 202),
        sheet.rows().get(0).tiles().stream().map(SelfConditionedReportTest::gray).toList());
    assertEquals(
        List.of(40, 201),
        sheet.rows().get(1).tiles().stream().map(SelfConditionedReportTest::gray).toList());
    assertEquals(Origin.REAL, sheet.rows().get(1).tiles().get(0).origin());
    assertEquals(Origin.GENERATED, sheet.rows().get(1).tiles().get(1).origin());
  }

  @Test
  void clustersOfOtherImagesThanTheseAreNotShown() throws IOException {
    ReportModel model = collect(SelfConditionedRun.onImages(folder, 7));
    assertTrue(
        model.sheets().stream().noneMatch(sheet -> sheet.title().startsWith("Clusters")),
        "no row has the id of an image");
  }

  @Test
  void theHeadSaysWhereLabelsCameFrom() {
    assertTrue(
        points.run().facts().stream()
            .anyMatch(fact -> fact.name().equals("Labels") && fact.text().equals("committed")),
        () -> points.run().facts().toString());
  }

  @Test
  void samplesStandByClassWithTheConfidenceInThem() throws IOException {
    Sheet sheet = titled("Diversity at step 2,500");
    assertEquals(
        List.of("class 0", "class 999"),
        sheet.rows().stream().map(ReportModel.Row::label).toList());
    List<Tile> surest = sheet.rows().get(0).tiles();
    assertEquals(List.of("0.750", "0.500"), surest.stream().map(Tile::label).toList());
    assertEquals(List.of(202, 200), surest.stream().map(SelfConditionedReportTest::gray).toList());
    assertTrue(sheet.caption().contains("Of 3 samples"), sheet.caption());
  }

  @Test
  void reconstructionsStandBesideTheirOriginalsWithTheirErrors() throws IOException {
    Sheet sheet = titled("Reconstructions at step 2,500");
    assertEquals(List.of("original", "encoder", "optimized"), sheet.columns());
    assertEquals("label 0", sheet.rows().get(1).label());
    List<Tile> tiles = sheet.rows().get(1).tiles();
    assertEquals(List.of(30, 50, 20), tiles.stream().map(SelfConditionedReportTest::gray).toList());
    assertEquals(List.of("", "0.250", "0.375"), tiles.stream().map(Tile::label).toList());
    assertTrue(
        sheet
            .caption()
            .endsWith(
                "Below them the mean absolute difference of pixels in [0, 1]; over all 2 images it is 0.375 ± 0.125 and 0.250 ± 0.125."),
        sheet.caption());
  }

  private Sheet titled(String title) throws IOException {
    return collect(SelfConditionedRun.withFigures(folder)).sheets().stream()
        .filter(sheet -> sheet.title().equals(title))
        .findFirst()
        .orElseThrow();
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
  void aClusterHasOneColorInEveryPictureAndItsNeighborsOthers() {
    Scatter scatter =
        new Scatter(
            "",
            "",
            List.of(
                new Round("a", List.of(cloud(Origin.REAL, 7), cloud(Origin.GENERATED, 7))),
                new Round("b", List.of(cloud(Origin.REAL, 7), cloud(Origin.GENERATED, 7)))));
    String drawn = ScatterSection.draw(scatter).toString();
    String color = "class=\"points cluster tone1\" style=\"--hue:242.6\"";
    assertEquals(6, drawn.split(color, -1).length - 1, "two small ones of each round, two large");
    assertEquals(3, drawn.split("class=\"points real\"", -1).length - 1, "gray under generated");
    Set<String> colors = new HashSet<>();
    IntStream.range(0, 300)
        .forEach(cluster -> colors.add(ClusterColor.paint(Tag.of("i"), "", cluster).toString()));
    assertEquals(300, colors.size());
    assertNotEquals(-1, drawn.indexOf("--rounds:2"));
  }

  @Test
  void unconditionedRunHasOneColorAndNoPictureOfClusters() {
    Scatter scatter =
        new Scatter(
            "",
            "",
            List.of(new Round("", List.of(cloud(Origin.REAL, -1), cloud(Origin.GENERATED, -1)))));
    String drawn = ScatterSection.draw(scatter).toString();
    assertFalse(drawn.contains("--hue"));
    assertEquals(1, drawn.split("<svg", -1).length - 1);
    assertEquals(1, drawn.split("class=\"points generated\"", -1).length - 1);
  }

  @Test
  void runWithoutSamplesShowsTheRealPointsAlone() {
    Scatter scatter = new Scatter("", "", List.of(new Round("", List.of(cloud(Origin.REAL, -1)))));
    String drawn = ScatterSection.draw(scatter).toString();
    assertTrue(drawn.contains("<h3>Real points</h3>"), drawn);
    assertFalse(drawn.contains("Generated"), drawn);
  }

  /** The corners of the unit square are real, so the picture ends at 0.575 from its center. */
  @Test
  void pointsOutsideThePictureAreCounted() {
    Cloud real =
        new Cloud("real", Origin.REAL, List.of(0.0, 1.0), List.of(0.0, 1.0), List.of(-1, -1));
    Cloud generated =
        new Cloud(
            "generated",
            Origin.GENERATED,
            List.of(0.5, 1.07, 1.08, Double.NaN),
            List.of(0.5, 0.5, 0.5, 0.5),
            List.of(-1, -1, -1, -1));
    Scatter scatter = new Scatter("", "", List.of(new Round("", List.of(real, generated))));
    String drawn = ScatterSection.draw(scatter).toString();
    assertTrue(drawn.contains("(2 outside)"), drawn);
    assertFalse(drawn.contains("NaN"));
  }

  private static Cloud cloud(Origin origin, int cluster) {
    return new Cloud("points", origin, List.of(0.5), List.of(0.25), List.of(cluster));
  }
}
