package partita.pipelines.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.system.Systems;
import partita.schemas.artifact.ArtifactStores;
import partita.transforms.shard.Execution;

/** Tables that come with Partita against the experiments that come with it; nothing is run. */
class TablePlanTest {
  @TempDir private Path folder;

  private List<SetupPlan> plan(String table, String... overrides) throws IOException {
    ReproductionRequest request =
        new ReproductionRequest(
            table,
            1,
            List.of(overrides),
            null,
            List.of(),
            new Execution("cpu", 1, 60),
            1,
            folder,
            "",
            List.of());
    return new Reproducer(
            new Systems(notice -> {}), ArtifactStores.open(folder.toString()), request)
        .plan(Benchmark.read(table));
  }

  @Test
  void everyRowOfTableOneHasThePapersDataAndProtocolAndLacksOnlyItsBudget() throws IOException {
    for (SetupPlan plan : plan("self-conditioned/1")) {
      assertEquals(List.of(), plan.lacks(), plan.setup().name());
      assertEquals(
          plan.setup().row().equals("ours-averaged")
              ? List.of("sample.averaged is true, the paper's false")
              : List.of("25,000 of 400,000 steps", "1 of 5 trials"),
          plan.reservations(),
          plan.setup().name());
    }
  }

  @Test
  void everyRowOfTableOneCanBeMadeShorterAsTheReadmeSays() throws IOException {
    for (SetupPlan plan : plan("self-conditioned/1", "train.steps=10000")) {
      assertEquals(10_000, plan.steps(), plan.setup().name());
    }
  }

  @Test
  void metricThatNoStageWritesIsRefusedBeforeAnythingRuns() throws IOException {
    Path table = folder.resolve("mine.yaml");
    Files.writeString(
        table,
        """
        extends: self-conditioned/1
        groups:
          grid:
            columns:
              modes: {metric: modse}
        """);
    BadInputException error = assertThrows(BadInputException.class, () -> plan(table.toString()));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "Row gan grid: Cannot use metric 'modse': it does not exist; did you mean 'modes'?"),
        error.getMessage());
  }

  @Test
  void onlyAnotherNumberOfStepsMakesATrainingThatNeedsNoGpu() throws IOException {
    String needed = "about a day of a GPU";
    assertTrue(lacksOfGan("train.curveWindow=10").contains(needed));
    assertFalse(lacksOfGan("train.steps=50000").contains(needed));
  }

  private String lacksOfGan(String override) throws IOException {
    SetupPlan plan = plan("self-conditioned/2", override).get(0);
    assertEquals("gan stacked-mnist", plan.setup().name());
    return String.join("; ", plan.lacks());
  }

  @Test
  void tableTwoSaysOfEachRowWhatItLacksOnACpu() throws IOException {
    for (SetupPlan plan : plan("self-conditioned/2")) {
      int needs = plan.setup().group().equals("cifar-10") ? 3 : 1;
      int logo = plan.setup().row().startsWith("logo-gan") ? 1 : 0;
      assertEquals(needs + logo, plan.lacks().size(), () -> plan.lacks().toString());
    }
  }
}
