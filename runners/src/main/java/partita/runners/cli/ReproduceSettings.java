package partita.runners.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import partita.pipelines.benchmark.ReproductionRequest;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentRequest;

/**
 * What the command {@code reproduce} was asked for.
 *
 * @param table name or YAML file of the table
 * @param rows names of rows, all when empty
 * @param columns names of groups or columns, all when empty
 * @param trials trainings of each row
 * @param sideBySide trials that run at a time
 * @param planOnly whether nothing is to run
 * @param markdown file that takes the outcome as Markdown
 * @param options what the command of a trial needs beyond experiment and overrides
 */
record ReproduceSettings(
    String table,
    List<String> rows,
    List<String> columns,
    int trials,
    int sideBySide,
    boolean planOnly,
    Optional<Path> markdown,
    List<String> options) {

  static ReproduceSettings of(Arguments arguments, String artifacts) {
    String table = arguments.text(Option.TABLE, "");
    if (table.isEmpty()) {
      throw new BadInputException(
          "Cannot reproduce without a table: expected --table=NAME, as --table=self-conditioned/1");
    }
    int sideBySide = arguments.positive(Option.SIDE_BY_SIDE, 1);
    return new ReproduceSettings(
        table,
        arguments.list(Option.ROWS),
        arguments.list(Option.COLUMNS),
        arguments.positive(Option.TRIALS, 1),
        sideBySide,
        arguments.flag(Option.PLAN),
        markdown(arguments),
        options(arguments, artifacts, sideBySide));
  }

  private static Optional<Path> markdown(Arguments arguments) {
    if (!arguments.given(Option.MARKDOWN)) {
      return Optional.empty();
    }
    if (arguments.flag(Option.PLAN)) {
      throw new BadInputException(
          "Cannot use --markdown with --plan: there is no outcome to write");
    }
    Path file = Path.of(arguments.text(Option.MARKDOWN, ""));
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw Arguments.invalid(Option.MARKDOWN, file.toString(), "a file in a folder that exists");
    }
    return Optional.of(file);
  }

  /** Trials share the cores, and none of these changes a bit but threads and device. */
  private static List<String> options(Arguments arguments, String artifacts, int sideBySide) {
    List<String> options = new ArrayList<>(List.of("--artifacts=" + artifacts));
    options.add("--threads=" + arguments.positive(Option.THREADS, 1));
    // On a cluster, its slots are shared by whoever submits to it.
    if (arguments.given(Option.PARALLELISM) || Settings.cluster(arguments.beam()).isEmpty()) {
      int cores = Runtime.getRuntime().availableProcessors();
      options.add(
          "--parallelism="
              + arguments.positive(Option.PARALLELISM, Math.max(1, cores / sideBySide)));
    }
    for (Option passed :
        List.of(
            Option.RUNNER, Option.DEVICE, Option.CHECKPOINT_SECONDS, Option.DATA, Option.LINEAGE)) {
      if (arguments.given(passed)) {
        options.add("--" + passed.label() + "=" + arguments.text(passed, ""));
      }
    }
    options.addAll(arguments.beam());
    return options;
  }

  /**
   * The request for the table's rows.
   *
   * @param folder takes logs and the outcome
   * @param mainClass understands the command of a trial
   * @param words what was given
   */
  ReproductionRequest request(
      Settings settings, Path folder, String mainClass, List<String> words) {
    ExperimentRequest experiment = settings.experiment();
    for (String override : experiment.overrides()) {
      if (override.startsWith("seed=")) {
        throw new BadInputException(
            "Cannot use --set=%s with reproduce: each trial has a seed of its own, counted up from the table's firstSeed"
                .formatted(override));
      }
    }
    @Nullable String data = experiment.data();
    return new ReproductionRequest(
        table,
        trials,
        experiment.overrides(),
        data,
        options,
        settings.execution(),
        sideBySide,
        folder,
        mainClass,
        words);
  }
}
