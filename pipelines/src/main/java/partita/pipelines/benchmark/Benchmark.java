package partita.pipelines.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.pipelines.experiment.YamlFiles;

/**
 * A table of a paper as it is written in YAML: what was printed, and which experiments measure the
 * same here. Rows are methods; columns are metrics, grouped by the data on which one training
 * measures them all.
 *
 * @param title what the table shows
 * @param paper where it was printed
 * @param trial what counts as one trial
 * @param error which error the paper prints, and ours
 * @param trials how many
 * @param firstSeed seed of the first trial; each further one has the next
 * @param protocol how figures are measured, for readers
 * @param groups groups of columns by name
 * @param rows rows by name
 */
public record Benchmark(
    String title,
    Paper paper,
    String trial,
    String error,
    Trials trials,
    long firstSeed,
    String protocol,
    Map<String, Group> groups,
    Map<String, Row> rows) {
  private static final YamlFiles FILES = new YamlFiles("table", "benchmarks");

  /**
   * Where the table was printed.
   *
   * @param citation authors, title, venue and year
   * @param table its number there, {@code Table 1}
   */
  public record Paper(String citation, String table) {}

  /**
   * How often everything is trained.
   *
   * @param paper trials that the paper averages
   * @param minimum trials below which no figure counts as reproduced
   */
  public record Trials(int paper, int minimum) {
    public Trials {
      if (paper < 1 || minimum < 1) {
        throw new IllegalArgumentException(
            "paper is %d and minimum %d, expected at least 1".formatted(paper, minimum));
      }
      if (minimum > paper) {
        throw new IllegalArgumentException(
            "minimum is %d, expected at most the %d trials of the paper".formatted(minimum, paper));
      }
    }
  }

  /**
   * Columns that one training measures.
   *
   * @param title as the paper heads them, {@code 2D-Ring}
   * @param experiment measures them; may be left out only where all rows lack something
   * @param steps the paper's training steps
   * @param samples the paper's number of generated samples that are scored
   * @param scoredBy network that scores them in the paper, as the metrics name it; absent for none
   * @param requires stage and parameter to the values that make it the paper's data and protocol,
   *     {@code ingest.train: ["100000"]}
   * @param needs what all of its figures need
   * @param columns columns by name
   */
  public record Group(
      String title,
      Optional<String> experiment,
      long steps,
      long samples,
      Optional<String> scoredBy,
      Optional<Map<String, List<String>>> requires,
      Optional<List<Need>> needs,
      Map<String, Column> columns) {
    public Group {
      columns = ordered(columns);
    }
  }

  /**
   * One metric.
   *
   * @param title as the paper heads it, {@code Modes (max 8)}
   * @param metric its name in the artifact of stage {@code summary}
   * @param better which way it gets better
   * @param tolerance how far from the paper's figure is still the same
   */
  public record Column(String title, String metric, Better better, Tolerance tolerance) {}

  /**
   * A method.
   *
   * @param title as the paper names it
   * @param set overrides of the experiments of all groups, {@code train.method=gan}
   * @param groups its figures by group
   */
  public record Row(String title, Optional<List<String>> set, Map<String, RowGroup> groups) {
    public Row {
      groups = ordered(groups);
    }
  }

  /**
   * The figures of a method in one group.
   *
   * @param paper column to what the paper prints, {@code 6.3 ± 0.5}
   * @param set further overrides of the group's experiment
   * @param needs what they need beyond what the group needs
   */
  public record RowGroup(
      Map<String, String> paper, Optional<List<String>> set, Optional<List<Need>> needs) {
    public RowGroup {
      paper = ordered(paper);
    }
  }

  public Benchmark {
    groups = ordered(groups);
    rows = ordered(rows);
    BenchmarkMistakes.refuse(groups, rows);
  }

  /**
   * Reads a table.
   *
   * @param name one that comes with Partita, {@code self-conditioned/1}, or a path to a YAML file
   * @throws partita.pipelines.dag.BadInputException when it does not exist, or listing all that is
   *     wrong with it
   */
  public static Benchmark read(String name) throws IOException {
    return FILES.read(name, Benchmark.class);
  }

  /** Every row in every group, in the order of the table. */
  public List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    rows.forEach(
        (name, row) ->
            groups.keySet().forEach(group -> setups.add(new Setup(this, name, row, group))));
    return setups;
  }

  /** The paper's budget of a figure, with the least number of trials. */
  Budget needed(Group group) {
    return new Budget(group.steps(), trials.minimum());
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
