package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.NearestName;

/** The part of a table that somebody asks for: some rows, some columns. */
public final class TablePart {
  private TablePart() {}

  /**
   * Leaves out what was not asked for.
   *
   * @param rows names of rows, all when empty
   * @param columns names of groups ({@code ring}) or of columns ({@code ring/modes}), all when
   *     empty
   * @throws partita.pipelines.dag.BadInputException when one does not exist; names the nearest
   */
  public static Benchmark of(Benchmark table, List<String> rows, List<String> columns) {
    List<String> known = columnNames(table);
    rows.forEach(row -> require("row", row, List.copyOf(table.rows().keySet())));
    columns.forEach(column -> require("column", column, known));
    Map<String, Benchmark.Group> groups = new LinkedHashMap<>();
    table
        .groups()
        .forEach(
            (name, group) -> {
              Map<String, Benchmark.Column> kept = new LinkedHashMap<>(group.columns());
              kept.keySet().removeIf(column -> !asked(columns, name, column));
              if (!kept.isEmpty()) {
                groups.put(name, with(group, kept));
              }
            });
    Map<String, Benchmark.Row> keptRows = new LinkedHashMap<>();
    table
        .rows()
        .forEach(
            (name, row) -> {
              if (rows.isEmpty() || rows.contains(name)) {
                keptRows.put(name, with(row, groups));
              }
            });
    return new Benchmark(
        table.title(),
        table.paper(),
        table.trial(),
        table.error(),
        table.trials(),
        table.firstSeed(),
        table.protocol(),
        groups,
        keptRows);
  }

  private static boolean asked(List<String> columns, String group, String column) {
    return columns.isEmpty() || columns.contains(group) || columns.contains(group + "/" + column);
  }

  private static void require(String kind, String name, List<String> known) {
    if (!known.contains(name)) {
      throw NearestName.unknown(kind, name, known);
    }
  }

  private static List<String> columnNames(Benchmark table) {
    List<String> names = new ArrayList<>(table.groups().keySet());
    table
        .groups()
        .forEach(
            (name, group) ->
                group.columns().keySet().forEach(column -> names.add(name + "/" + column)));
    return names;
  }

  private static Benchmark.Group with(
      Benchmark.Group group, Map<String, Benchmark.Column> columns) {
    return new Benchmark.Group(
        group.title(),
        group.experiment(),
        group.steps(),
        group.samples(),
        group.scoredBy(),
        group.requires(),
        group.needs(),
        columns);
  }

  private static Benchmark.Row with(Benchmark.Row row, Map<String, Benchmark.Group> groups) {
    Map<String, Benchmark.RowGroup> kept = new LinkedHashMap<>();
    row.groups()
        .forEach(
            (name, figures) -> {
              if (groups.containsKey(name)) {
                Map<String, String> paper = new LinkedHashMap<>(figures.paper());
                paper.keySet().retainAll(groups.get(name).columns().keySet());
                kept.put(name, new Benchmark.RowGroup(paper, figures.set(), figures.needs()));
              }
            });
    return new Benchmark.Row(row.title(), row.set(), kept);
  }
}
