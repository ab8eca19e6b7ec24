package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.report.CosineNeighbors.Neighbor;
import partita.pipelines.report.ReportModel.Point;

/** The small steps that a report is made with. */
class ReportPartsTest {

  @Test
  void longCurveIsThinnedToMeansWithTheirExtremes() {
    List<Point> points =
        IntStream.range(0, 1000).mapToObj(i -> new Point(i, i % 3, i % 3, i % 3)).toList();
    List<Point> thinned = TrainingCharts.thin(points);
    assertEquals(334, thinned.size());
    assertEquals(new Point(2, 1, 0, 2), thinned.get(0));
    assertEquals(999, thinned.get(333).step(), "the last step stays");
  }

  @Test
  void shortCurveStaysAsItIs() {
    List<Point> points = List.of(new Point(1, 2, 2, 2));
    assertEquals(points, TrainingCharts.thin(points));
  }

  @Test
  void pickedIndicesAreEvenAndHaveBothEnds() {
    assertArrayEquals(new int[] {0, 3, 6, 9}, Evenly.pick(10, 4));
    assertArrayEquals(new int[] {0, 1, 2}, Evenly.pick(3, 8));
    assertArrayEquals(new int[] {0}, Evenly.pick(5, 1));
    assertArrayEquals(new int[] {}, Evenly.pick(0, 4));
  }

  @Test
  void cosineIgnoresLengthAndBreaksTiesByRow() {
    float[] features = {0, 0, /**/ 2, 2, /**/ 9, 0, /**/ 1, 1, /**/ -1, -1};
    List<Neighbor> nearest = CosineNeighbors.of(features, new float[][] {{5, 5}}, 4).get(0);
    assertEquals(List.of(1, 3, 2, 0), nearest.stream().map(Neighbor::row).toList());
    assertEquals(1, nearest.get(0).similarity(), 1e-12);
    assertEquals(Math.sqrt(0.5), nearest.get(2).similarity(), 1e-12);
    assertEquals(0, nearest.get(3).similarity(), "a zero vector is similar to nothing");
  }

  @Test
  void commandIsQuotedForMavenInsideOfTheShell() {
    assertEquals(
        "mvn -q compile exec:java -Dexec.mainClass=RunPipeline -Dexec.args=\"--set=a.b=[1,2] '--data=/my images/\\$x' 'it'\\\"'\\\"'s'\"",
        ShellCommand.of(List.of("--set=a.b=[1,2]", "--data=/my images/$x", "it's")));
  }

  @Test
  void hardlyDifferentValuesDoNotFillTheAxis() {
    Axis axis = Axis.rounded(0.38810, 0.38835, 200, 0, 5);
    assertTrue(axis.high() - axis.low() > 0.05, axis.toString());
    assertTrue(axis.label(axis.ticks().get(0)).length() <= 4, axis.toString());
  }

  @Test
  void longNameInTheGraphKeepsItsStepAndSeeds() {
    String name = "sample-features-of-everything@50000";
    String graph =
        new GraphSection(List.of(FakeReport.stages(StageStatus.RAN).get(0))).draw().toString();
    assertFalse(graph.contains("textLength"), "a short name is left alone");
    ReportModel.Stage stage = FakeReport.stages(StageStatus.RAN).get(0);
    String drawn =
        new GraphSection(
                List.of(
                    new ReportModel.Stage(
                        name,
                        stage.status(),
                        stage.start(),
                        stage.seconds(),
                        stage.earlierSeconds(),
                        List.of(),
                        "",
                        "",
                        "",
                        "")))
            .draw()
            .toString();
    assertTrue(drawn.contains("sample-featu…rything@50000"), drawn);
    assertTrue(drawn.contains("textLength"));
  }
}
