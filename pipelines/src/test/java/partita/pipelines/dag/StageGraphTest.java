package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StageGraphTest {
  private final Stage ingest = stage("ingest", Map.of());
  private final Stage first = stage("train@100", Map.of("text", ingest));
  private final Stage second = stage("train@200", Map.of("text", ingest, "start", first));
  private final Stage sample = stage("sample", Map.of("text", second));
  private final StageGraph graph = StageGraph.of("toy", List.of(sample, first));

  private static Stage stage(String name, Map<String, Stage> inputs) {
    return Stage.of(name, new Toys.Join("-"), 0, inputs);
  }

  private TreeSet<String> selected(List<String> from, List<String> until, List<String> only) {
    return new TreeSet<>(new Selection(from, until, only, List.of()).names(graph));
  }

  @Test
  void inputsComeFirstAndEachStageOnce() {
    assertEquals(List.of("ingest", "train@100", "train@200", "sample"), graph.names());
  }

  @Test
  void equalStagesBuiltTwiceAreOneAndDifferentOnesOfOneNameClash() {
    StageGraph twice =
        StageGraph.of("toy", List.of(stage("ingest", Map.of()), stage("ingest", Map.of())));
    assertEquals(List.of("ingest"), twice.names());

    Stage other = Stage.of("ingest", new Toys.Join("+"), 0, Map.of());
    IllegalArgumentException clash =
        assertThrows(
            IllegalArgumentException.class, () -> StageGraph.of("toy", List.of(ingest, other)));
    assertEquals(
        "Cannot tell two stages apart: both are named ingest,"
            + " Join[separator=-] and Join[separator=+]",
        clash.getMessage());
  }

  @Test
  void stageThatReadsOneOfItsOwnNameIsRefused() {
    Stage inner = stage("train", Map.of());
    Stage outer = stage("train", Map.of("text", stage("mid", Map.of("text", inner))));

    IllegalArgumentException cycle =
        assertThrows(IllegalArgumentException.class, () -> StageGraph.of("toy", List.of(outer)));
    assertTrue(cycle.getMessage().contains("train reads itself"), cycle.getMessage());
  }

  @Test
  void familyNamesAllItsRoundsAndSelectionsIntersect() {
    assertEquals(
        new TreeSet<>(List.of("train@100", "train@200")),
        selected(List.of(), List.of(), List.of("train")));
    assertEquals(
        new TreeSet<>(List.of("train@200", "sample")),
        selected(List.of("train@200"), List.of(), List.of()));
    assertEquals(
        new TreeSet<>(List.of("train@100", "train@200")),
        selected(List.of("train"), List.of("train@200"), List.of()));
  }

  @Test
  void parallelismIsOfAStageOrAFamilyAndLeavesTheStagesAsTheyAre() {
    StageGraph bounded = graph.withParallelism(Map.of("train", 1L, "sample", 4L));
    assertEquals(Map.of("train@100", 1, "train@200", 1, "sample", 4), bounded.parallelism());
    assertEquals(graph.stages(), bounded.stages());
    assertEquals(Map.of(), graph.parallelism());

    BadInputException unknown =
        assertThrows(BadInputException.class, () -> graph.withParallelism(Map.of("sampel", 1L)));
    assertTrue(unknown.getMessage().contains("did you mean 'sample'"), unknown.getMessage());
    BadInputException none =
        assertThrows(BadInputException.class, () -> graph.withParallelism(Map.of("train", 0L)));
    assertEquals(
        "Cannot run 0 shards of train side by side: expected parallelism.train to be at least 1",
        none.getMessage());
  }

  @Test
  void stageNamesAndTasksAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> stage("Train", Map.of()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Stage.of(
                "a",
                new partita.transforms.shard.ShardTask() {
                  @Override
                  public int shards(partita.transforms.shard.ShardInputs inputs) {
                    return 1;
                  }

                  @Override
                  public partita.transforms.shard.ShardResult run(
                      int shard, partita.transforms.shard.ShardContext context) {
                    return partita.transforms.shard.ShardResult.of();
                  }
                },
                0,
                Map.of()));
  }
}
