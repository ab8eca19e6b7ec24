package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.transforms.metric.MetricTask;

/**
 * One training of a setup.
 *
 * @param setup row and group of columns
 * @param number counted from 1
 * @param words the command that runs it, without the program's name
 * @param graph its stages
 */
public record Trial(Setup setup, int number, List<String> words, StageGraph graph) {
  /** Last stage of an experiment, whose metrics are its figures. */
  static final String SUMMARY = "summary";

  private static final String TRAIN = "train";

  public Trial {
    words = List.copyOf(words);
  }

  /** Its seed. */
  public long seed() {
    return setup.seed(number);
  }

  /** As a person calls it, {@code gan ring, trial 2}. */
  public String name() {
    return setup.name() + ", trial " + number;
  }

  /** Name of its log. */
  String fileName() {
    return "%s-%s-%d".formatted(setup.row(), setup.group(), number);
  }

  /** Steps after which training ends. */
  public long steps() {
    return graph.stages().stream()
        .filter(stage -> stage.family().equals(TRAIN) && stage.name().matches("train@\\d+"))
        .mapToLong(stage -> Long.parseLong(stage.name().substring(TRAIN.length() + 1)))
        .max()
        .orElseThrow(
            () ->
                new BadInputException(
                    "Cannot run %s: its experiment has no stage train@STEPS".formatted(name())));
  }

  /** In what its data or protocol is not that of the paper, a sentence each. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    setup
        .columns()
        .requires()
        .orElse(Map.of())
        .forEach(
            (key, values) -> {
              int dot = key.indexOf('.');
              String found = parameter(key.substring(0, dot), key.substring(dot + 1));
              if (!values.contains(found)) {
                differences.add(
                    "%s is %s, the paper's %s".formatted(key, found, String.join(" or ", values)));
              }
            });
    return differences;
  }

  /**
   * Refuses a column whose metric none of its stages will write, which would show only after they
   * ran.
   *
   * @throws BadInputException naming the nearest that one will
   */
  void requireMetrics() {
    List<String> known =
        graph.stages().stream()
            .flatMap(
                stage ->
                    stage.task() instanceof MetricTask task ? task.metrics().stream() : Stream.of())
            .distinct()
            .toList();
    for (Benchmark.Column column : setup.columns().columns().values()) {
      if (!known.contains(column.metric())) {
        throw NearestName.unknown("metric", column.metric(), known);
      }
    }
  }

  /** The value that all stages of a family share; all values when they differ. */
  private String parameter(String family, String parameter) {
    List<SortedMap<String, String>> found =
        graph.stages().stream()
            .filter(stage -> stage.family().equals(family))
            .map(Stage::parameters)
            .toList();
    if (found.isEmpty()) {
      List<String> families = graph.stages().stream().map(Stage::family).distinct().toList();
      throw NearestName.unknown("required stage", family, families);
    }
    if (!found.get(0).containsKey(parameter)) {
      throw NearestName.unknown(
          "required parameter", parameter, List.copyOf(found.get(0).keySet()));
    }
    return found.stream()
        .map(parameters -> parameters.getOrDefault(parameter, "none"))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
