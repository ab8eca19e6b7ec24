package partita.runners.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import partita.schemas.artifact.FileEntry;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * One experiment, {@code toy}: counts in four shards, each number taking a while, and sums up.
 * {@code --set=count.numbers=5}, {@code --set=count.millis=5} and {@code --set=count.failAt=3}
 * change it.
 */
public final class ToyExperiments implements ExperimentLoader, ReportRenderer {

  @Override
  public StageGraph load(ExperimentRequest request) {
    if (!List.of("", "toy").contains(request.experiment())) {
      throw NearestName.unknown("experiment", request.experiment(), List.of("toy"));
    }
    int numbers = 10;
    int millis = 0;
    int failAt = -1;
    for (String override : request.overrides()) {
      int value = Integer.parseInt(override.substring(override.indexOf('=') + 1));
      switch (override.substring(0, override.indexOf('='))) {
        case "count.numbers" -> numbers = value;
        case "count.millis" -> millis = value;
        case "count.failAt" -> failAt = value;
        default ->
            throw NearestName.unknown(
                "key", override, List.of("count.numbers", "count.millis", "count.failAt"));
      }
    }
    Stage count = Stage.of("count", new Count(4, numbers, millis, failAt), 1, Map.of());
    Stage sum = Stage.of("sum", new Sum(), 1, Map.of("numbers", count));
    return StageGraph.of("toy", List.of(sum));
  }

  @Override
  public Path render(RunRecord record, ArtifactStore store) throws IOException {
    return Files.writeString(store.run(record.runId()).resolve("report.html"), record.status());
  }

  /** Writes numbers, slowly. */
  record Count(int shards, int numbers, int millis, int failAt) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return shards;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < numbers; i++) {
        if (i == failAt) {
          throw new BadInputException("Cannot count past " + i);
        }
        if (context.stopRequested()) {
          throw new InterruptedException("asked to stop");
        }
        Thread.sleep(millis);
        text.append(shard * numbers + i).append('\n');
        context.progress(new Progress(i + 1, numbers, "numbers", 0, Map.of("last", (double) i)));
      }
      return write(context, text.toString());
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  /** Adds them up. */
  record Sum() implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      long sum = 0;
      for (FileEntry file : context.input("numbers").files()) {
        for (String line : Files.readAllLines(context.store().blob(file))) {
          sum += Long.parseLong(line);
        }
      }
      return write(context, Long.toString(sum));
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  private static ShardResult write(ShardContext context, String text) throws IOException {
    Path file = Files.createTempFile(context.store().temporary(), "toy", ".txt");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    String name = "text/%05d.txt".formatted(context.shard());
    return ShardResult.of(context.store().addBlob(file, name, 0, "", List.of()));
  }
}
