package partita.runners.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentLoader;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.ReportRenderer;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableWriter;
import partita.transforms.dataset.DatasetException;
import partita.transforms.metric.MetricTask;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * One experiment, {@code toy}: trains for ten steps and has the metrics {@code modes}, the seed
 * plus {@code bonus}, and {@code quality}, 90 always. {@code --set=millis=5} makes each step that
 * slow, {@code failAt=2} fails with that seed, {@code data=none} lacks its files.
 */
public final class ToyTrials implements ExperimentLoader, ReportRenderer {
  static final int STEPS = 10;

  @Override
  public StageGraph load(ExperimentRequest request) {
    if (!request.experiment().equals("toy")) {
      throw NearestName.unknown("experiment", request.experiment(), List.of("toy"));
    }
    Map<String, Integer> values =
        new HashMap<>(Map.of("seed", 1, "bonus", 0, "millis", 0, "failAt", -1, "lost", 0));
    for (String override : request.overrides()) {
      String key = override.substring(0, override.indexOf('='));
      if (values.replace(key, Integer.valueOf(override.substring(key.length() + 1))) == null) {
        throw NearestName.unknown("key", key, List.copyOf(values.keySet()));
      }
    }
    if (values.get("lost") > 0) {
      DatasetException lost = new DatasetException("Cannot find toys: expected them in the attic");
      throw new BadInputException(lost.getMessage(), lost);
    }
    int seed = values.get("seed");
    Stage train =
        Stage.of(
            "train@" + STEPS,
            new Train(values.get("millis"), values.get("failAt")),
            seed,
            Map.of());
    Stage summary =
        Stage.of("summary", new Summary(values.get("bonus")), seed, Map.of("trained", train));
    return StageGraph.of("toy", List.of(summary));
  }

  @Override
  public Path render(RunRecord record, ArtifactStore store) throws IOException {
    return Files.writeString(store.run(record.runId()).resolve(PAGE), record.status());
  }

  /** Takes its time. */
  record Train(int millis, int failAt) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      if (context.seed() == failAt) {
        throw new BadInputException("Cannot train with seed " + failAt);
      }
      for (int step = 1; step <= STEPS; step++) {
        if (context.stopRequested()) {
          throw new InterruptedException("asked to stop");
        }
        Thread.sleep(millis);
        context.progress(new Progress(step, STEPS, "steps", 0, Map.of()));
      }
      return ShardResult.of();
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  /** Writes the metrics, and those of real data beside them. */
  record Summary(int bonus) implements MetricTask {
    @Override
    public List<String> metrics() {
      return List.of("modes", "quality");
    }

    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws IOException {
      try (TableWriter writer = context.writer("metrics", MetricTable.schema(), 8)) {
        writer.append(
            4,
            List.of("modes", "quality", "modes", "quality"),
            new long[4],
            new double[] {context.seed() + bonus, 90, 8, 99.4},
            new double[4],
            new long[] {0, 0, 100, 100},
            new long[] {100, 100, 0, 0},
            List.of("", "", "", ""),
            List.of("toy", "toy", "real-points, toy", "real-points, toy"));
        return ShardResult.of(writer.commit());
      }
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  /** Reproduces and trains in a process of its own. */
  public static void main(String[] args) {
    ToyTrials toy = new ToyTrials();
    System.exit(
        new CommandLine(toy, toy, ToyTrials.class.getName(), System.out, System.err)
            .run(List.of(args)));
  }
}
