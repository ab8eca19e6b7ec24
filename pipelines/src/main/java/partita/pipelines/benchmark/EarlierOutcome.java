package partita.pipelines.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import partita.pipelines.benchmark.Reproduction.Cell;
import partita.pipelines.benchmark.Reproduction.Result;
import partita.pipelines.compare.EarlierFile;
import partita.pipelines.dag.BadInputException;

/**
 * The figures of an earlier outcome of a table, which {@link ReproductionJson} wrote, and what of
 * them a later one lost.
 *
 * @param figures by {@code row, group, column}
 */
public record EarlierOutcome(Map<String, Figure> figures) {
  public EarlierOutcome {
    figures = Map.copyOf(figures);
  }

  /**
   * A figure.
   *
   * @param ours absent when there was none
   * @param steps training steps behind it
   */
  public record Figure(String verdict, Optional<Double> ours, long steps) {}

  /**
   * Reads an outcome.
   *
   * @param table name of the table that it is to be of
   * @throws BadInputException when there is no such file, or it is of something else
   */
  public static EarlierOutcome read(Path file, String table) {
    EarlierFile earlier =
        new EarlierFile(file, "what reproduce --table=... --json=FILE wrote of this table");
    JsonNode root = earlier.read();
    if (!root.path("results").isArray() || !root.path("table").isTextual()) {
      throw earlier.other("it is something else");
    } else if (!root.path("table").asText().equals(table)) {
      throw earlier.other("it is of " + root.path("table").asText());
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (JsonNode row : root.path("results")) {
      for (JsonNode figure : row.path("figures")) {
        JsonNode ours = figure.path("ours");
        figures.put(
            key(
                row.path("row").asText(),
                row.path("group").asText(),
                figure.path("column").asText()),
            new Figure(
                figure.path("verdict").asText(),
                ours.isNumber() ? Optional.of(ours.asDouble()) : Optional.empty(),
                row.path("steps").asLong()));
      }
    }
    return new EarlierOutcome(figures);
  }

  /**
   * What a later outcome has worse: the verdict fell, the steps are others, or they give a figure
   * that is worse by more than the tolerance of its column.
   *
   * @param whole whether the later one is of the whole table, so that what it lacks is lost
   */
  public Comparison with(Reproduction later, boolean whole) {
    Set<String> lost = new TreeSet<>(figures.keySet());
    List<String> worse = new ArrayList<>();
    for (Result result : later.results()) {
      Setup setup = result.setup();
      for (Cell cell : result.cells()) {
        String key = key(setup.row(), setup.group(), cell.column());
        if (lost.remove(key)) {
          Benchmark.Column column = setup.columns().columns().get(cell.column());
          worse(figures.get(key), cell, result.steps(), column)
              .map(how -> "%s: %s".formatted(key, how))
              .ifPresent(worse::add);
        }
      }
    }
    if (whole) {
      lost.forEach(key -> worse.add("%s: the table has it no more".formatted(key)));
    }
    return new Comparison(figures.size() - lost.size(), worse);
  }

  /**
   * How a later outcome compares.
   *
   * @param figures how many could be compared
   * @param worse a sentence for each that is worse
   */
  public record Comparison(int figures, List<String> worse) {
    public Comparison {
      worse = List.copyOf(worse);
    }
  }

  private static Optional<String> worse(
      Figure earlier, Cell cell, long steps, Benchmark.Column column) {
    String verdict = cell.verdict().text();
    if (Verdict.rank(verdict) < Verdict.rank(earlier.verdict())) {
      return Optional.of("was %s, now %s".formatted(earlier.verdict(), verdict));
    } else if (steps != earlier.steps()) {
      return Optional.of(
          "was of %,d steps, now of %,d, which do not compare; take new figures as the expected"
              .formatted(earlier.steps(), steps));
    } else if (earlier.ours().isEmpty() || cell.ours().isEmpty()) {
      return Optional.empty();
    }
    double was = earlier.ours().get();
    double now = cell.ours().get().mean();
    double width = column.tolerance().width(cell.paper());
    boolean lost =
        !(Math.abs(now - was) <= width) && !column.better().word(now - was).equals("better");
    return lost
        ? Optional.of(
            "was %s, now %s, worse by more than the tolerance %s"
                .formatted(
                    cell.paper().like(was), cell.paper().like(now), cell.paper().like(width)))
        : Optional.empty();
  }

  private static String key(String row, String group, String column) {
    return row + ", " + group + ", " + column;
  }
}
