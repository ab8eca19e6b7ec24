package partita.pipelines.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.system.Systems;
import partita.schemas.artifact.ArtifactStores;
import partita.transforms.shard.Execution;

/** Tables that come with Partita against the experiments that come with it; nothing is run. */
class TablePlanTest {
  @TempDir private Path folder;

  private List<SetupPlan> plan(String table, int trials) throws IOException {
    ReproductionRequest request =
        new ReproductionRequest(
            table,
            trials,
            List.of(),
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
    for (SetupPlan plan : plan("self-conditioned/1", 1)) {
      assertEquals(List.of(), plan.lacks(), plan.setup().name());
      assertEquals(
          List.of("25,000 of 400,000 steps", "1 of 5 trials"),
          plan.reservations(),
          plan.setup().name());
    }
  }

  @Test
  void tableTwoSaysOfEachRowWhatItLacksOnACpu() throws IOException {
    for (SetupPlan plan : plan("self-conditioned/2", 1)) {
      int needs = plan.setup().group().equals("cifar-10") ? 3 : 1;
      int logo = plan.setup().row().startsWith("logo-gan") ? 1 : 0;
      assertEquals(needs + logo, plan.lacks().size(), () -> plan.lacks().toString());
    }
  }
}
