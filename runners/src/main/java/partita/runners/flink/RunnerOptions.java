package partita.runners.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.BeamLauncher;
import partita.pipelines.dag.NearestName;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.StageRun;

/**
 * Beam's options for the pipelines of one run. Loading this class loads Beam, so it is not touched
 * before a stage has to run or an option that is not ours has to be checked.
 */
public final class RunnerOptions implements AutoCloseable {
  private final String runner;
  private final Parallelism parallelism;
  private final List<String> arguments;
  private final Path temporary;
  private @Nullable EmbeddedFlink embedded;
  private @Nullable Path thinJar;

  /**
   * Prepares for a runner.
   *
   * @param runner {@code FlinkRunner} or {@code DirectRunner}
   * @param parallelism shards side by side; without a bound, as many as there are cores here or
   *     slots of a cluster
   * @param arguments Beam's options as given, {@code --flinkMaster=host:8081}
   * @param temporary for files of an embedded cluster, or for one, until {@link #close}
   */
  public RunnerOptions(
      String runner, Parallelism parallelism, List<String> arguments, Path temporary) {
    this.runner = runner;
    this.parallelism = parallelism;
    this.arguments = List.copyOf(arguments);
    this.temporary = temporary;
  }

  /**
   * Refuses options that Beam does not know either, and a master that is none.
   *
   * @param runner {@code FlinkRunner} or {@code DirectRunner}
   * @param ours names of our own options, for the nearest name
   * @throws BadInputException naming the nearest option
   */
  public static void check(String runner, List<String> arguments, List<String> ours) {
    TreeSet<String> known = new TreeSet<>(ours);
    for (Class<? extends PipelineOptions> options : PipelineOptionsFactory.getRegisteredOptions()) {
      for (var method : options.getMethods()) {
        if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
          String name = method.getName().substring("set".length());
          known.add(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
        }
      }
    }
    for (String argument : arguments) {
      String name = argument.substring(2).replaceFirst("=.*", "");
      if (!known.contains(name)) {
        throw new BadInputException(
            "Cannot use option --%s: it does not exist; did you mean --%s? (--help lists them)"
                .formatted(name, NearestName.of(name, List.copyOf(known))));
      }
    }
    String master = parsed(arguments).as(FlinkPipelineOptions.class).getFlinkMaster();
    if (!embedded(master)) {
      FlinkCluster cluster = FlinkCluster.at(master);
      if (!runner.equals("FlinkRunner")) {
        throw new BadInputException(
            "Cannot use --flinkMaster=%s with --runner=%s: expected FlinkRunner"
                .formatted(cluster.master(), runner));
      }
    }
  }

  private static boolean embedded(String master) {
    return List.of("[auto]", "[local]").contains(master);
  }

  private static PipelineOptions parsed(List<String> arguments) {
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw new BadInputException("Cannot use Beam's options: " + e.getMessage(), e);
    }
  }

  /**
   * Fresh options for the pipeline of one stage; the first on embedded Flink starts the cluster.
   *
   * @throws IOException when a cluster cannot be used, or not as it was asked for
   */
  public PipelineOptions create(StageRun run) throws IOException, InterruptedException {
    PipelineOptions options = parsed(arguments);
    int cores = Runtime.getRuntime().availableProcessors();
    if (runner.equals("DirectRunner")) {
      options.setRunner(DirectRunner.class);
      options.as(DirectOptions.class).setTargetParallelism(parallelism.of(run.stage(), cores));
      return options;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setRunner(FlinkRunner.class);
    // Shard indices are all that travels between operators; copying them protects nothing.
    flink.setObjectReuse(true);
    flink.setFasterCopy(true);
    if (embedded(flink.getFlinkMaster())) {
      flink.setFlinkMaster("[auto]");
      flink.setParallelism(subtasks(parallelism.of(run.stage(), cores), run));
      flink.setFilesToStage(new ArrayList<>());
      if (embedded == null) {
        embedded = EmbeddedFlink.start(parallelism.most(cores), temporary);
      }
    } else {
      submitTo(FlinkCluster.at(flink.getFlinkMaster()), flink, run);
    }
    return options;
  }

  private void submitTo(FlinkCluster cluster, FlinkPipelineOptions flink, StageRun run)
      throws IOException, InterruptedException {
    int slots = cluster.slots();
    int shards = parallelism.of(run.stage(), slots);
    if (shards > slots) {
      throw new IOException(
          "Cannot run %d shards of %s side by side: the cluster at %s has %d slots; ask for fewer or start more TaskManagers"
              .formatted(shards, run.stage(), cluster.master(), slots));
    }
    cluster.cancel(BeamLauncher.jobName(run));
    flink.setFlinkMaster(cluster.master());
    flink.setParallelism(subtasks(shards, run));
    if (flink.getFilesToStage() == null) {
      if (thinJar == null) {
        thinJar = ThinJar.write(temporary);
      }
      flink.setFilesToStage(new ArrayList<>(List.of(thinJar.toString())));
    }
  }

  /** A subtask without a shard would only wait for a slot. */
  private static int subtasks(int most, StageRun run) {
    return Math.min(most, run.shards());
  }

  /** The task as the runner's workers have to have it. */
  public ShardTask task(ShardTask task) {
    String master = parsed(arguments).as(FlinkPipelineOptions.class).getFlinkMaster();
    return embedded(master) ? task : new UnretriedTask(task);
  }

  @Override
  public void close() throws IOException {
    if (embedded != null) {
      embedded.close();
    }
    if (thinJar != null) {
      Files.deleteIfExists(thinJar);
    }
  }
}
