package partita.pipelines.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;

class SystemsTest {
  @TempDir Path folder;

  @Test
  void theDefaultExperimentIsIcGanOnSprites() throws IOException {
    StageGraph graph = load("", "train.steps=400", "train.segmentSteps=200", "sample.seeds=2");
    assertEquals("ic-gan/sprites-32", graph.experiment());
    List<String> names = graph.names();
    for (String name :
        List.of("ingest", "classifier", "features", "neighbors", "instances", "baseline")) {
      assertTrue(names.contains(name), name);
    }
    assertTrue(names.contains("evaluate@0.0"), names.toString());
    assertTrue(names.contains("evaluate@400.1"), names.toString());
    assertEquals("summary", names.get(names.size() - 1));
  }

  @Test
  void trainingIsAChainOfSegmentsThatGrowsAtItsEnd() throws IOException {
    StageGraph shorter = load("", "train.steps=400", "train.segmentSteps=200");
    StageGraph longer = load("", "train.steps=600", "train.segmentSteps=200");
    assertEquals(shorter.stage("train@200"), longer.stage("train@200"));
    assertEquals(shorter.stage("train@400"), longer.stage("train@400"));
    assertEquals(longer.stage("train@400"), longer.stage("train@600").inputs().get("previous"));
  }

  @Test
  void eachSamplingSeedIsAStageOfItsOwn() throws IOException {
    Stage first = load("", "seed=7").stage("sample@400.0");
    Stage second = load("", "seed=7").stage("sample@400.1");
    assertEquals(7, first.seed());
    assertEquals(8, second.seed());
    assertEquals(first.task(), second.task());
  }

  @Test
  void neighborsAndInstancesThatCannotBeAreRefusedBeforeAnythingRuns() {
    assertMessage("Cannot find 5000 neighbors: at most 5,000", "neighbors.k=5000");
    assertMessage("Cannot select 5001 instances: at most 5,000", "instances.count=5001");
  }

  @Test
  void stepsThatAreNoMultipleOfASegmentAreRefused() {
    assertMessage(
        "'train': steps is 300 and segmentSteps 200", "train.steps=300", "train.segmentSteps=200");
  }

  @Test
  void unlabeledFolderIsToldHowToBecomeLabeled() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    Files.createDirectories(folder.resolve("val"));
    for (String name : List.of("train/a.png", "train/b.png", "val/c.png")) {
      Files.copy(SystemsTest.class.getResourceAsStream("pixel.png"), folder.resolve(name));
    }
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                new Systems()
                    .load(
                        new ExperimentRequest(
                            "ic-gan/folder-32",
                            folder.toString(),
                            List.of("neighbors.k=1", "instances.count=1"),
                            "skip")));
    assertTrue(e.getMessage().contains("put each class into a subfolder"), e.getMessage());
  }

  @Test
  void aSystemThatDoesNotExistNamesTheNearest() {
    assertMessage(
        "Cannot use system 'icgan': it does not exist; did you mean 'ic-gan'?", "system=icgan");
  }

  private static StageGraph load(String experiment, String... overrides) throws IOException {
    return new Systems().load(new ExperimentRequest(experiment, null, List.of(overrides), null));
  }

  private static void assertMessage(String expected, String... overrides) {
    BadInputException e = assertThrows(BadInputException.class, () -> load("", overrides));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
