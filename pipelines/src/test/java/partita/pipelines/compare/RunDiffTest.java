package partita.pipelines.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.compare.Change.Kind;
import partita.pipelines.compare.StageDiff.Presence;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Executor;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.Selection;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.dag.StopRequest;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

class RunDiffTest {
  @TempDir private Path folder;
  private ArtifactStore store;

  @BeforeEach
  void openEmptyStore() throws IOException {
    Toys.reset();
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
  }

  /** Scores the length of its input's name and of what it is asked to add. */
  record Score(double added) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      try (TableWriter writer = context.writer("metrics", MetricTable.schema(), 2)) {
        writer.append(
            2,
            List.of("fid(toy)", "recall"),
            new long[] {1, 1},
            new double[] {added, 0.5},
            new double[] {0, 0},
            new long[] {1, 1},
            new long[] {1, 1},
            List.of("", ""),
            List.of("plain", "plain"));
        return ShardResult.of(writer.commit());
      }
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  private RunRecord run(int characters, double added, String device, String... more)
      throws IOException {
    Stage emit = Stage.of("emit", new Toys.Emit("abc", 2), 7, Map.of());
    Stage head = Stage.of("head", new Toys.Head(characters), 7, Map.of("text", emit));
    Stage score = Stage.of("score", new Score(added), 7, Map.of("text", head));
    List<Stage> targets =
        more.length == 0
            ? List.of(score)
            : List.of(score, Stage.of(more[0], new Toys.Join("-"), 7, Map.of("text", head)));
    return new Executor(
            store, Toys.CPU, Toys.sameThread(), RunListener.SILENT, new StopRequest(), false)
        .run(
            StageGraph.of("toy", targets),
            new RunRequest(Selection.ALL, List.of(), "", Map.of("device", device)));
  }

  private static StageDiff stage(RunDiff diff, String name) {
    return diff.stages().stream().filter(s -> s.stage().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void parametersInputsOutputsMetricsAndSettingsThatDifferAreTold() throws Exception {
    RunRecord first = run(2, 5.25, "cpu");
    RunRecord second = run(3, 4.5, "cuda", "join");
    RunDiff diff = RunDiff.of(store, "last~1", second.runId());

    assertEquals(first.runId(), diff.before().runId());
    assertEquals(List.of(new Change(Kind.PARAMETER, "device", "cpu", "cuda")), diff.settings());
    assertTrue(stage(diff, "emit").same());
    assertEquals(List.of(), stage(diff, "emit").changes());

    List<Change> head = stage(diff, "head").changes();
    assertEquals(new Change(Kind.PARAMETER, "characters", "2", "3"), head.get(0));
    assertEquals(Kind.OUTPUT, head.get(1).kind());
    assertEquals(2, head.size());

    List<Change> score = stage(diff, "score").changes();
    assertTrue(score.contains(new Change(Kind.PARAMETER, "added", "5.25", "4.5")), "" + score);
    assertTrue(score.contains(new Change(Kind.METRIC, "fid(toy), plain", "5.25", "4.5")));
    assertTrue(score.stream().anyMatch(change -> change.kind() == Kind.INPUT));
    assertTrue(score.stream().noneMatch(change -> change.name().startsWith("recall")));

    assertEquals(Presence.SECOND_ONLY, stage(diff, "join").presence());
    assertTrue(stage(diff, "score").before().seconds() >= 0);
  }

  @Test
  void artifactThatIsGoneIsToldAndNotCompared() throws Exception {
    RunRecord first = run(2, 1, "cpu");
    RunRecord second = run(3, 1, "cpu");
    store.evict(first.stage("head").orElseThrow().actionKey());
    StageDiff head = stage(RunDiff.of(store, first.runId(), second.runId()), "head");
    assertEquals(Presence.BOTH, head.presence());
    assertEquals(false, head.before().there());
    assertEquals(List.of(), head.changes());
  }

  @Test
  void runsThatAreNotThereAreRefused() throws Exception {
    run(2, 1, "cpu");
    BadInputException refused =
        assertThrows(BadInputException.class, () -> RunDiff.of(store, "last", "last~1"));
    assertTrue(refused.getMessage().startsWith("Cannot find run 'last~1': 0 runs"));
  }
}
