package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.report.GraphLayout.Edge;
import partita.pipelines.report.GraphLayout.Zone;

class GraphLayoutTest {

  private static GraphLayout layout(ReportModel.Stage... stages) {
    return new GraphLayout(StageBox.fold(List.of(stages)));
  }

  private static ReportModel.Stage stage(String name, String... inputs) {
    return new ReportModel.Stage(
        name, StageStatus.RAN, 0, 1, Double.NaN, List.of(inputs), "", "", "", "");
  }

  @Test
  void everyRoundHasItsRowAndEveryLinkItsColumn() {
    GraphLayout layout = new GraphLayout(StageBox.fold(FakeReport.stages(StageStatus.RAN)));
    assertEquals(0, layout.cells().get("train@3000").column());
    assertEquals(3, layout.cells().get("evaluate@3000").column());
    assertEquals(layout.cells().get("train@3000").row(), layout.cells().get("evaluate@3000").row());
    assertEquals(
        layout.cells().get("train@3000").row() + 1, layout.cells().get("train@4000").row());
    assertEquals(Zone.HEAD, layout.cells().get("baseline").zone());
    assertEquals(Zone.TAIL, layout.cells().get("summary").zone());
  }

  @Test
  void noTwoBoxesShareACell() {
    GraphLayout layout = new GraphLayout(StageBox.fold(FakeReport.stages(StageStatus.RAN)));
    Set<GraphLayout.Cell> cells = new HashSet<>(layout.cells().values());
    assertEquals(layout.boxes().size(), cells.size());
    assertTrue(layout.boxes().size() > 30, "the picture of a real run");
  }

  @Test
  void roundsRunInTheOrderOfTheirStepsWhateverTheOrderOfTheirNames() {
    GraphLayout layout = layout(stage("train@1000"), stage("train@200"));
    assertTrue(layout.cells().get("train@200").row() < layout.cells().get("train@1000").row());
  }

  @Test
  void edgesThatOthersImplyAreLeftOut() {
    GraphLayout layout =
        layout(
            stage("ingest"), stage("features", "ingest"), stage("neighbors", "ingest", "features"));
    assertEquals(
        List.of(new Edge("ingest", "features"), new Edge("features", "neighbors")), layout.edges());
  }

  @Test
  void seedsShareABoxAndItsStatusIsTheWorst() {
    ReportModel.Stage failed =
        new ReportModel.Stage(
            "sample@10.1",
            StageStatus.FAILED,
            0,
            2,
            Double.NaN,
            List.of("train@10"),
            "",
            "",
            "",
            "no disk");
    List<StageBox> boxes =
        StageBox.fold(List.of(stage("train@10"), stage("sample@10.0", "train@10"), failed));
    assertEquals(2, boxes.size());
    StageBox samples = boxes.get(1);
    assertEquals("sample@10 ×2", samples.title());
    assertEquals(StageStatus.FAILED, samples.status());
    assertEquals("1 ran, 1 failed", samples.statusText());
    assertEquals(3, samples.seconds());
    assertEquals(Set.of("train@10"), samples.inputs());
  }

  @Test
  void inputsThatTheRunDoesNotListAreNotDrawn() {
    assertFalse(layout(stage("train", "lost")).edges().iterator().hasNext());
  }

  @Test
  void stageThatReadsItselfIsRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> layout(stage("a", "b"), stage("b", "a")));
    assertTrue(error.getMessage().contains("reads itself"), error.getMessage());
  }
}
