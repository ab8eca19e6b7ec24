package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import partita.pipelines.dag.NearestName;

/** Finds what does not fit together in a table: figures that are missing, or have no column. */
final class BenchmarkMistakes {
  /** Rows and groups name log files; groups and columns are picked as {@code group/column}. */
  private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*";

  private final List<String> mistakes = new ArrayList<>();

  private BenchmarkMistakes() {}

  /**
   * Checks a table.
   *
   * @throws IllegalArgumentException listing every mistake
   */
  static void refuse(Map<String, Benchmark.Group> groups, Map<String, Benchmark.Row> rows) {
    BenchmarkMistakes found = new BenchmarkMistakes();
    if (groups.isEmpty() || rows.isEmpty()) {
      found.mistakes.add("the table is empty: expected at least one of groups and of rows");
    }
    groups.forEach(found::checkGroup);
    rows.forEach((name, row) -> found.checkRow(name, row, groups));
    if (!found.mistakes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n  ", found.mistakes));
    }
  }

  private void checkGroup(String name, Benchmark.Group group) {
    checkName("group", name);
    group.columns().keySet().forEach(column -> checkName("column", column));
    if (group.columns().isEmpty()) {
      mistakes.add("group '%s' has no columns, expected at least one".formatted(name));
    }
    if (group.steps() < 1 || group.samples() < 1) {
      mistakes.add(
          "group '%s' has steps %d and samples %d, expected at least 1"
              .formatted(name, group.steps(), group.samples()));
    }
    group
        .requires()
        .ifPresent(
            requires ->
                requires.keySet().stream()
                    .filter(key -> !key.matches("[^.]+\\..+"))
                    .forEach(
                        key ->
                            mistakes.add(
                                "group '%s' requires '%s', expected stage and parameter as in ingest.train"
                                    .formatted(name, key))));
  }

  private void checkRow(String name, Benchmark.Row row, Map<String, Benchmark.Group> groups) {
    checkName("row", name);
    String where = "row '%s'".formatted(name);
    checkNames(where, "group", row.groups().keySet(), groups.keySet());
    row.groups()
        .forEach(
            (groupName, figures) -> {
              Benchmark.Group group = groups.get(groupName);
              if (group != null) {
                checkFigures("%s, group '%s'".formatted(where, groupName), figures, group);
              }
            });
  }

  private void checkFigures(String where, Benchmark.RowGroup figures, Benchmark.Group group) {
    checkNames(where, "column", figures.paper().keySet(), group.columns().keySet());
    figures
        .paper()
        .forEach(
            (column, text) -> {
              try {
                PaperFigure.parse(text);
              } catch (IllegalArgumentException e) {
                mistakes.add("%s, column '%s': %s".formatted(where, column, e.getMessage()));
              }
            });
    boolean needs = group.needs().isPresent() || figures.needs().isPresent();
    if (group.experiment().isEmpty() && !needs) {
      mistakes.add(where + ": the group has no experiment, expected one, or what it needs");
    }
  }

  private void checkName(String kind, String name) {
    if (!name.matches(NAME)) {
      mistakes.add(
          "%s '%s' cannot be picked or name a file: expected letters, digits, '.', '_' and '-'; say the rest in its title"
              .formatted(kind, name));
    }
  }

  private void checkNames(String where, String kind, Set<String> found, Set<String> expected) {
    for (String name : found) {
      if (!expected.contains(name)) {
        mistakes.add(
            "%s has a figure for %s '%s', which does not exist; did you mean '%s'?"
                .formatted(where, kind, name, NearestName.of(name, List.copyOf(expected))));
      }
    }
    for (String name : expected) {
      if (!found.contains(name)) {
        mistakes.add("%s lacks the paper's figure for %s '%s'".formatted(where, kind, name));
      }
    }
  }
}
