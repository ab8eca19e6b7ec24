package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table as it came out here, beside the paper's.
 *
 * @param table name or file of the table
 * @param benchmark the part of it that was asked for
 * @param started ISO-8601 instant
 * @param command the words that were given
 * @param artifacts root of the store
 * @param results every row in every group, in the order of the table
 */
public record Reproduction(
    String table,
    Benchmark benchmark,
    String started,
    List<String> command,
    String artifacts,
    List<Result> results) {

  public Reproduction {
    command = List.copyOf(command);
    results = List.copyOf(results);
  }

  /**
   * What became of a row in a group.
   *
   * @param setup which
   * @param steps training steps of each trial, 0 when it cannot run
   * @param trials what became of each trial
   * @param cells its figures, in the order of the columns
   */
  public record Result(Setup setup, long steps, List<TrialResult> trials, List<Cell> cells) {
    public Result {
      trials = List.copyOf(trials);
      cells = List.copyOf(cells);
    }

    /** Trials that have figures. */
    public long finished() {
      return trials.stream().filter(trial -> trial.failure().isEmpty()).count();
    }
  }

  /**
   * What became of a trial.
   *
   * @param number counted from 1
   * @param seed its seed
   * @param values column to value, empty when it failed
   * @param ceiling column to the value of real data, of those columns that have one
   * @param failure why it has no figures, empty otherwise
   * @param report page of the run that made its figures; empty when there is none here
   */
  public record TrialResult(
      int number,
      long seed,
      Map<String, Double> values,
      Map<String, Double> ceiling,
      String failure,
      Optional<String> report) {}

  /**
   * A figure.
   *
   * @param column name of its column
   * @param ours mean and error over the trials that ended; absent when none did
   * @param verdict what it says about the paper's
   */
  public record Cell(String column, PaperFigure paper, Optional<Measured> ours, Verdict verdict) {}

  /** Whether a trial failed. */
  public boolean failed() {
    return results.stream()
        .flatMap(result -> result.trials().stream())
        .anyMatch(trial -> !trial.failure().isEmpty());
  }

  /**
   * What real data of the same seeds score, the ceiling of a perfect generator: a text for each
   * column of a group, none when it was not measured.
   */
  public List<String> ceilings(String group) {
    List<String> texts = new ArrayList<>();
    for (Cell cell : result(benchmark.rows().keySet().iterator().next(), group).cells()) {
      ceiling(group, cell.column()).map(real -> real.text(cell.paper())).ifPresent(texts::add);
    }
    return texts.size() == benchmark.groups().get(group).columns().size() ? texts : List.of();
  }

  private Optional<Measured> ceiling(String group, String column) {
    Map<Long, Double> bySeed = new TreeMap<>();
    for (Result result : results) {
      if (result.setup().group().equals(group)) {
        for (TrialResult trial : result.trials()) {
          if (trial.ceiling().containsKey(column)) {
            bySeed.put(trial.seed(), trial.ceiling().get(column));
          }
        }
      }
    }
    return bySeed.isEmpty()
        ? Optional.empty()
        : Optional.of(new Measured(List.copyOf(bySeed.values())));
  }

  /** The result of a row in a group. */
  public Result result(String row, String group) {
    return results.stream()
        .filter(found -> found.setup().row().equals(row) && found.setup().group().equals(group))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("Cannot find " + row + " " + group + " in results"));
  }
}
