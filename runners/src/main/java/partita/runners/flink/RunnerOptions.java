package partita.runners.flink;

import java.io.IOException;
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
import partita.pipelines.dag.NearestName;

/**
 * Beam's options for the pipelines of one run. Loading this class loads Beam, so it is not touched
 * before a stage has to run or an option that is not ours has to be checked.
 */
public final class RunnerOptions implements AutoCloseable {
  private final String runner;
  private final int parallelism;
  private final List<String> arguments;
  private final Path temporary;
  private @Nullable EmbeddedFlink embedded;

  /**
   * Prepares for a runner.
   *
   * @param runner {@code FlinkRunner} or {@code DirectRunner}
   * @param parallelism shards side by side
   * @param arguments Beam's options as given, {@code --flinkMaster=host:8081}
   * @param temporary where an embedded cluster may leave files until {@link #close}
   */
  public RunnerOptions(String runner, int parallelism, List<String> arguments, Path temporary) {
    this.runner = runner;
    this.parallelism = parallelism;
    this.arguments = List.copyOf(arguments);
    this.temporary = temporary;
  }

  /**
   * Refuses options that Beam does not know either.
   *
   * @param ours names of our own options, for the nearest name
   * @throws BadInputException naming the nearest option
   */
  public static void check(List<String> arguments, List<String> ours) {
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
    parsed(arguments);
  }

  private static PipelineOptions parsed(List<String> arguments) {
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw new BadInputException("Cannot use Beam's options: " + e.getMessage(), e);
    }
  }

  /** Fresh options for one pipeline; the first on embedded Flink starts the cluster. */
  public PipelineOptions create() throws IOException {
    PipelineOptions options = parsed(arguments);
    if (runner.equals("DirectRunner")) {
      options.setRunner(DirectRunner.class);
      options.as(DirectOptions.class).setTargetParallelism(parallelism);
      return options;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setRunner(FlinkRunner.class);
    flink.setParallelism(parallelism);
    // Shard indices are all that travels between operators; copying them protects nothing.
    flink.setObjectReuse(true);
    flink.setFasterCopy(true);
    if (List.of("[auto]", "[local]").contains(flink.getFlinkMaster())) {
      flink.setFlinkMaster("[auto]");
      flink.setFilesToStage(new ArrayList<>());
      if (embedded == null) {
        embedded = EmbeddedFlink.start(parallelism, temporary);
      }
    }
    return options;
  }

  @Override
  public void close() throws IOException {
    if (embedded != null) {
      embedded.close();
    }
  }
}
