package partita.runners.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    parallelism();
    experiment();
    rehash();
    exitCode();
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
                    .filter(option -> !option.isFor(verb()))
                    .map(option -> "--" + option.label()),
                verb() == Verb.BENCH || verb() == Verb.EXPORT
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
                      .filter(option -> option.isFor(verb()))
                      .map(option -> "--" + option.label())
                      .toList()));
    }
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
    return arguments.beam().stream()
        .filter(word -> word.startsWith(MASTER))
        .map(word -> word.substring(MASTER.length()))
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

  /** What {@code score} was asked for. */
  ScoreSettings score() {
    return ScoreSettings.of(arguments);
  }

  /** The word that the command asks for. */
  String operand() {
    return arguments.operand();
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
