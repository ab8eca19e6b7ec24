package partita.pipelines.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
  void parallelismOfStagesIsASettingThatChangesNoStage() throws IOException {
    StageGraph bounded = load("", "parallelism.features=1", "parallelism.evaluate=2");
    assertEquals(1, bounded.parallelism().get("features"));
    assertEquals(2, bounded.parallelism().get("evaluate@0.0"));
    assertEquals(load("").stages(), bounded.stages());
    assertMessage("did you mean 'features'", "parallelism.feature=1");
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
  void conditioningDecidesWhatTrainingAndSamplingRead() throws IOException {
    assertInputs(
        "instance",
        List.of("images", "features", "neighbors"),
        List.of("generator", "instances", "features"));
    assertInputs("class", List.of("images"), List.of("generator"));
    assertInputs(
        "class-and-instance",
        List.of("images", "features", "neighbors"),
        List.of("generator", "instances", "features", "neighbors", "images"));
  }

  private static void assertInputs(String conditioning, List<String> train, List<String> sample)
      throws IOException {
    StageGraph graph = load("", "train.conditioning=" + conditioning);
    assertEquals(Set.copyOf(train), graph.stage("train@0").inputs().keySet(), conditioning);
    assertEquals(Set.copyOf(sample), graph.stage("sample@0.0").inputs().keySet(), conditioning);
  }

  @Test
  void eachSamplingSeedIsAStageOfItsOwn() throws IOException {
    StageGraph graph = load("", "seed=7", "train.steps=400", "train.segmentSteps=200");
    Stage first = graph.stage("sample@400.0");
    Stage second = graph.stage("sample@400.1");
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
  void settingsThatTasksRefuseAreBadInput() {
    assertMessage(
        "'train': Cannot train IC-GAN: batchSize is 1, expected at least 2; change it by --set",
        "train.batchSize=1");
    assertMessage("Cannot build BigGAN: resolution is 48", "dataset.resolution=48");
    assertMessage("Cannot build classifier: width is 0", "embedding.width=0");
    assertMessage("Cannot sample with truncation 2.0", "sample.truncation=2");
    assertMessage("Cannot score with network 'sprites-classifier'", "evaluate.neighborRows=3");
  }

  @Test
  void settingsThatWouldFailAfterMinutesAreRefusedBeforeAnythingRuns() {
    assertMessage("'neighbors': k is 0, expected at least 1", "neighbors.k=0");
    assertMessage("'instances': count is 0, expected at least 1", "instances.count=0");
    assertMessage("'instances': iterations is 0, expected at least 1", "instances.iterations=0");
    assertMessage("'sample': count is 0, expected at least 1", "sample.count=0");
    assertMessage(
        "'dataset': train is 4000 and validation -1, expected at least 1 and 0 images",
        "dataset.train=4000",
        "dataset.validation=-1");
    assertMessage(
        "'dataset': validationFraction is 2.0, expected a number in [0, 1)",
        "dataset.validationFraction=2");
    assertMessage("dataset.validation is 0, expected at least 1", "dataset.validation=0");
    assertMessage("Cannot score 9 samples of a seed", "sample.count=9");
  }

  @Test
  void stepsThatAreNoMultipleOfASegmentAreRefused() {
    assertMessage(
        "'train': steps is 300 and segmentSteps 200", "train.steps=300", "train.segmentSteps=200");
  }

  @Test
  void trainingCutIntoMoreSegmentsThanAGraphCanHoldIsRefused() {
    assertMessage(
        "expected at most 1000 segments; raise segmentSteps",
        "train.steps=10000000",
        "train.segmentSteps=1");
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
                new Systems(notice -> {})
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
    return new Systems(notice -> {})
        .load(new ExperimentRequest(experiment, null, List.of(overrides), null));
  }

  private static void assertMessage(String expected, String... overrides) {
    BadInputException e = assertThrows(BadInputException.class, () -> load("", overrides));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
