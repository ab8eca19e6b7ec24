package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.transforms.shard.Execution;

/** What the plan says; stages run in this thread. */
class PlannerTest {
  @TempDir private Path folder;
  private ArtifactStore store;
  private Path raw;

  @BeforeEach
  void openStore() throws IOException {
    Toys.reset();
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
    raw = Files.writeString(folder.resolve("raw.txt"), "one");
  }

  private StageGraph graph(long seed, String separator) {
    Stage copy =
        new Stage("copy", new Toys.Copy(), seed, Map.of(), Map.of("raw", RawInput.of(raw)));
    Stage head = Stage.of("head@1", new Toys.Head(2), 1, Map.of("text", copy));
    Stage join = Stage.of("join", new Toys.Join(separator), 1, Map.of("text", head));
    return StageGraph.of("toy", List.of(join));
  }

  private void run(StageGraph graph) throws IOException {
    RunRecord record =
        new Executor(
                store, Toys.CPU, Toys.sameThread(), RunListener.SILENT, new StopRequest(), false)
            .run(graph, RunRequest.of(Selection.ALL));
    assertEquals("succeeded", record.status(), record.message());
  }

  private Plan plan(StageGraph graph) throws IOException {
    return plan(graph, Selection.ALL);
  }

  private Plan plan(StageGraph graph, Selection selection) throws IOException {
    return new Planner(store, Toys.CPU, false).plan(graph, selection);
  }

  private static String told(Plan plan) {
    return plan.stages().stream()
        .map(stage -> (stage.state() + " " + stage.reason()).strip())
        .collect(Collectors.joining("; "));
  }

  @Test
  void nothingRanYet() throws IOException {
    Plan plan = plan(graph(0, "-"));

    assertEquals("WILL_RUN first time; WILL_RUN first time; WILL_RUN first time", told(plan));
    assertFalse(plan.stages().get(0).estimate().known());
  }

  @Test
  void changedSeedMakesDependentsDependOnTheOutcome() throws IOException {
    run(graph(0, "-"));

    Plan plan = plan(graph(3, "-"));

    assertEquals(
        "WILL_RUN seed changed 0 -> 3; DEPENDS runs if copy comes out different;"
            + " DEPENDS runs if head@1 comes out different",
        told(plan));
    assertTrue(plan.stages().get(0).estimate().known());
    assertEquals(3, plan.stages().get(0).estimate().bytes());
  }

  @Test
  void dependentWithAChangeOfItsOwnRunsAnyway() throws IOException {
    run(graph(0, "-"));

    assertEquals(
        "WILL_RUN seed changed 0 -> 3; DEPENDS runs if copy comes out different;"
            + " WILL_RUN parameter separator changed - -> +",
        told(plan(graph(3, "+"))));
  }

  @Test
  void changedRawFileIsNamed() throws IOException {
    run(graph(0, "-"));
    Files.writeString(raw, "other");

    assertTrue(told(plan(graph(0, "-"))).startsWith("WILL_RUN input raw changed; DEPENDS"));
  }

  @Test
  void inputThatIsNoLongerReadIsNamed() throws IOException {
    RawInput file = RawInput.of(raw);
    Map<String, RawInput> both = Map.of("raw", file, "spare", file);
    run(StageGraph.of("toy", List.of(new Stage("copy", new Toys.Copy(), 0, Map.of(), both))));
    Stage one = new Stage("copy", new Toys.Copy(), 0, Map.of(), Map.of("raw", file));

    assertEquals("WILL_RUN input spare left out", told(plan(StageGraph.of("toy", List.of(one)))));
  }

  @Test
  void forcingAStageThatIsLeftOutIsRefused() {
    Selection selection = new Selection(List.of(), List.of(), List.of("copy"), List.of("head"));

    BadInputException refused =
        assertThrows(BadInputException.class, () -> plan(graph(0, "-"), selection));
    assertEquals(
        "Cannot force head@1: --from, --until or --only leave it out; select it or do not force it",
        refused.getMessage());
  }

  @Test
  void finishedPlanIsNotStaleAndForcingMakesItSoWithoutARecord() throws IOException {
    run(graph(0, "-"));
    Selection force = new Selection(List.of(), List.of(), List.of(), List.of("head"));

    assertEquals(
        "CACHED; WILL_RUN forced; DEPENDS runs if head@1 comes out different",
        told(plan(graph(0, "-"), force)));
    assertEquals("CACHED; CACHED; CACHED", told(plan(graph(0, "-"))));
    assertFalse(plan(graph(0, "-")).stale());
  }

  @Test
  void staleStagesThatAreLeftOutSaySo() throws IOException {
    run(graph(0, "-"));
    Selection until = new Selection(List.of(), List.of("head@1"), List.of(), List.of());

    assertEquals(
        "CACHED; CACHED; LEFT_OUT parameter separator changed - -> +",
        told(plan(graph(0, "+"), until)));
  }

  @Test
  void threadsCountForExclusiveTasksOnly() throws IOException {
    Execution two = new Execution("cpu", 2, 60);
    String shared = NumericsFingerprint.of(new Toys.Trained(false), two);
    String exclusive = NumericsFingerprint.of(new Toys.Trained(true), two);

    assertEquals(NumericsFingerprint.of(new Toys.Trained(false), Toys.CPU), shared);
    assertEquals(shared.replace("1 threads", "2 threads"), exclusive);
    assertTrue(shared.matches("PyTorch [\\d.-]+, cpu .+, 1 threads, float32"), shared);
    assertEquals("none", NumericsFingerprint.of(new Toys.Copy(), two));
  }
}
