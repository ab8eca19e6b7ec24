package partita.runners.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import partita.infra.lineage.LineageTarget;
import partita.pipelines.bench.BenchSettings;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Device;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.Selection;
import partita.runners.flink.RunnerOptions;
import partita.transforms.shard.Execution;

/** The arguments as the types that the rest of the program works with. */
final class Settings {
  private static final String MASTER = "--flinkMaster=";
  private static final List<String> RUNNERS = List.of("FlinkRunner", "DirectRunner");

  private final Arguments arguments;

  Settings(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Finds every mistake that can be found before anything is opened. */
  void check() {
    checkForCommand();
    if (!arguments.beam().isEmpty()) {
      RunnerOptions.check(runner(), arguments.beam(), Option.labels());
    }
    runner();
    execution();
    if (verb() == Verb.VERIFY) {
      rerunParallelisms();
    } else {
      parallelism();
    }
    experiment();
    rehash();
    exitCode();
    grace();
    delete();
    lineage();
    if (verb() == Verb.REPRODUCE) {
      reproduce();
    } else if (verb() == Verb.SCORE) {
      score();
    } else if (verb() == Verb.EXPORT) {
      target();
    }
  }

  /** Nothing that was asked for may be without effect. */
  private void checkForCommand() {
    List<String> others =
        Stream.concat(
                arguments.values().keySet().stream()
                    .filter(option -> !heeded(option))
                    .map(option -> "--" + option.label()),
                verb() == Verb.BENCH
                        || verb() == Verb.EXPORT
                        || verb().keepsHouse() && !arguments.given(Option.RERUN)
                    ? arguments.beam().stream()
                    : Stream.of())
            .toList();
    if (!others.isEmpty()) {
      throw new BadInputException(
          "Cannot use %s with %s: expected only some of %s"
              .formatted(
                  String.join(", ", others),
                  verb().word(),
                  Arrays.stream(Option.values())
                      .filter(this::heeded)
                      .map(option -> "--" + option.label())
                      .toList()));
    }
  }

  private boolean heeded(Option option) {
    boolean alone = verb() == Verb.VERIFY && !arguments.given(Option.RERUN);
    return option.isFor(verb()) && !(alone && option.needsRerun());
  }

  Verb verb() {
    return arguments.verb();
  }

  ExperimentRequest experiment() {
    String onBadImage = arguments.text(Option.ON_BAD_IMAGE, "");
    if (!List.of("", "fail", "skip").contains(onBadImage)) {
      throw Arguments.invalid(Option.ON_BAD_IMAGE, onBadImage, "fail or skip");
    }
    return new ExperimentRequest(
        arguments.text(Option.EXPERIMENT, ""),
        arguments.given(Option.DATA) ? arguments.text(Option.DATA, "") : null,
        arguments.all(Option.SET),
        onBadImage.isEmpty() ? null : onBadImage);
  }

  String artifacts() {
    return arguments.text(Option.ARTIFACTS, "./artifacts");
  }

  Selection selection() {
    return new Selection(
        arguments.list(Option.FROM),
        arguments.list(Option.UNTIL),
        arguments.list(Option.ONLY),
        arguments.list(Option.FORCE));
  }

  Execution execution() {
    return new Execution(
        Device.resolve(arguments.text(Option.DEVICE, "auto")),
        arguments.positive(
            Option.THREADS,
            verb() == Verb.REPRODUCE ? 1 : Runtime.getRuntime().availableProcessors()),
        arguments.positiveSeconds(Option.CHECKPOINT_SECONDS, 60));
  }

  String runner() {
    String runner = arguments.text(Option.RUNNER, RUNNERS.get(0));
    if (!RUNNERS.contains(runner)) {
      throw NearestName.unknown("runner", runner, RUNNERS);
    }
    return runner;
  }

  /** Address of a cluster, if one was named. */
  Optional<String> cluster() {
    return cluster(arguments.beam());
  }

  /** The cluster that Beam's options name. */
  static Optional<String> cluster(List<String> beam) {
    return beam.stream()
        .filter(word -> word.startsWith(MASTER))
        .map(word -> word.substring(MASTER.length()))
        .filter(master -> !master.startsWith("[")) // [auto]: in this process
        .findFirst();
  }

  /** Shards side by side, if it was said. */
  Optional<Integer> parallelism() {
    return arguments.given(Option.PARALLELISM)
        ? Optional.of(arguments.positive(Option.PARALLELISM, 1))
        : Optional.empty();
  }

  List<String> beam() {
    return arguments.beam();
  }

  /**
   * How benchmarks are run.
   *
   * @param scripts folder of the peers' scripts
   * @param mainClass main class of this command line
   */
  BenchSettings bench(Path scripts, String mainClass) {
    return new BenchSettings(
        arguments.positive(Option.THREADS, Runtime.getRuntime().availableProcessors()),
        arguments.positive(Option.REPEATS, 5),
        arguments.part(Option.SCALE),
        arguments.text(Option.PYTHON, "/usr/bin/python3"),
        scripts,
        mainClass);
  }

  /** What {@code reproduce} was asked for. */
  ReproduceSettings reproduce() {
    return ReproduceSettings.of(arguments, artifacts());
  }

  /** JSON of the earlier outcome that this one is compared with. */
  Optional<Path> against() {
    return arguments.given(Option.AGAINST)
        ? Optional.of(Path.of(arguments.text(Option.AGAINST, "")))
        : Optional.empty();
  }

  /** What {@code score} was asked for. */
  ScoreSettings score() {
    return ScoreSettings.of(arguments);
  }

  /** The first of the words that the command asks for. */
  String operand() {
    return arguments.operands().get(0);
  }

  /** The words that the command asks for. */
  List<String> operands() {
    return arguments.operands();
  }

  /** The stages that {@code verify} is to run again. */
  Optional<String> rerun() {
    return arguments.given(Option.RERUN)
        ? Optional.of(arguments.text(Option.RERUN, ""))
        : Optional.empty();
  }

  /** At which parallelism {@code verify} runs a stage again. */
  List<Integer> rerunParallelisms() {
    return arguments.given(Option.PARALLELISM)
        ? arguments.positives(Option.PARALLELISM)
        : List.of(1, 2, 4);
  }

  /** The same with another parallelism. */
  Settings withParallelism(int parallelism) {
    return new Settings(arguments.with(Option.PARALLELISM, Integer.toString(parallelism)));
  }

  /** How long {@code gc} lets things stay after their last use. */
  Duration grace() {
    return arguments.duration(Option.GRACE, "7d");
  }

  /** Whether {@code gc} is to remove what it finds. */
  boolean delete() {
    return arguments.flag(Option.DELETE);
  }

  /** Whether the store is looked at only, by which none is made where there is none. */
  boolean looksOnly() {
    return switch (verb()) {
      case PLAN, STATUS, REPORT, EXPORT, DIFF, PROVENANCE -> true;
      case VERIFY -> rerun().isEmpty();
      case RUN, REPRODUCE, SCORE, BENCH, IMPORT, GC, EVICT, PIN, UNPIN, HELP -> false;
    };
  }

  /** Where lineage of the run is told, if anywhere. */
  Optional<LineageTarget> lineage() {
    if (!arguments.given(Option.LINEAGE)) {
      return Optional.empty();
    }
    try {
      LineageTarget target = LineageTarget.parse(arguments.text(Option.LINEAGE, ""));
      if (verb() == Verb.REPRODUCE && !target.headers().isEmpty()) {
        throw new BadInputException(
            "Cannot send lineage of a table's trials to %s with a name and password: everybody sees the command lines of processes; expected an address without them"
                .formatted(target.shown()));
      }
      return Optional.of(target);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Architecture that {@code import} takes the file for. */
  Optional<String> network() {
    return arguments.given(Option.AS)
        ? Optional.of(arguments.text(Option.AS, ""))
        : Optional.empty();
  }

  /** Where {@code export} writes to. */
  Path target() {
    String target = arguments.text(Option.TO, "");
    if (target.isEmpty()) {
      throw new BadInputException(
          "Cannot export without a place: expected --to=FOLDER, or --to=NAME.safetensors for weights");
    }
    return Path.of(target);
  }

  boolean rehash() {
    return arguments.flag(Option.REHASH);
  }

  boolean exitCode() {
    return arguments.flag(Option.EXIT_CODE);
  }

  JsonTarget json() {
    return arguments.given(Option.JSON)
        ? new JsonTarget(arguments.text(Option.JSON, ""))
        : JsonTarget.NONE;
  }

  /** What the record of the run says about the machine's part in it. */
  Map<String, String> described() {
    Execution execution = execution();
    Map<String, String> described = new TreeMap<>();
    described.put("artifacts", artifacts());
    described.put("device", execution.device());
    described.put("threads", Integer.toString(execution.threads()));
    cluster().ifPresent(master -> described.put("cluster", master));
    String most =
        cluster().isPresent()
            ? "all slots"
            : Integer.toString(Runtime.getRuntime().availableProcessors());
    described.put("parallelism", parallelism().map(Object::toString).orElse(most));
    return described;
  }
}
