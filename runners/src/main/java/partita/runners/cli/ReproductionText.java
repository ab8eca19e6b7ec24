package partita.runners.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.pipelines.benchmark.Benchmark;
import partita.pipelines.benchmark.Findings;
import partita.pipelines.benchmark.Reproduction;
import partita.pipelines.benchmark.Reproduction.Cell;
import partita.pipelines.benchmark.Reproduction.Result;

/**
 * The paper's table with ours beside it, as it is printed for people: three lines a row, so that a
 * group of three columns fits into eighty characters.
 */
final class ReproductionText {
  private static final int LABEL = 14;

  private ReproductionText() {}

  static void print(Reproduction reproduction, Path page, PrintStream out) {
    Benchmark benchmark = reproduction.benchmark();
    out.println();
    out.printf("%s of %s%n", benchmark.paper().table(), benchmark.paper().citation());
    out.println("Protocol: " + benchmark.protocol());
    out.println("Errors: " + benchmark.error());
    list("Outside the tolerance:", Findings.deviations(reproduction), out);
    list("Without a comparable figure:", Findings.absences(reproduction), out);
    benchmark.groups().forEach((name, group) -> group(reproduction, name, group, out));
    out.println();
    out.println("Kept in " + page);
  }

  private static void list(String title, List<String> items, PrintStream out) {
    if (!items.isEmpty()) {
      out.println();
      out.println(title);
      items.forEach(item -> out.println("  " + item));
    }
  }

  private static void group(
      Reproduction reproduction, String name, Benchmark.Group group, PrintStream out) {
    List<String> head = new ArrayList<>();
    group.columns().values().stream()
        .map(column -> column.title() + " " + column.better().arrow())
        .forEach(head::add);
    List<List<String>> lines = new ArrayList<>(List.of(head));
    for (String row : reproduction.benchmark().rows().keySet()) {
      for (Cell cell : reproduction.result(row, name).cells()) {
        lines.add(List.of(cell.paper().text(), ours(cell), cell.verdict().text()));
      }
    }
    int width = lines.stream().flatMap(List::stream).mapToInt(String::length).max().orElse(1) + 2;
    out.println();
    int label = Math.max(LABEL, group.title().length() + 2);
    out.println(line(group.title(), head, label, width));
    for (Map.Entry<String, Benchmark.Row> row : reproduction.benchmark().rows().entrySet()) {
      Result result = reproduction.result(row.getKey(), name);
      out.println(heading(row.getValue().title(), Findings.budget(result)));
      out.println(line("  paper", cells(result, cell -> cell.paper().text()), label, width));
      out.println(line("  ours", cells(result, ReproductionText::ours), label, width));
      out.println(line("  verdict", cells(result, cell -> cell.verdict().text()), label, width));
    }
    List<String> ceilings = reproduction.ceilings(name);
    if (!ceilings.isEmpty()) {
      out.println("Real data, what a perfect generator would score");
      out.println(line("  ours", ceilings, label, width));
    }
  }

  private static String heading(String title, String budget) {
    return budget.isEmpty() ? title : title + " (" + budget + ")";
  }

  private static String ours(Cell cell) {
    return cell.ours().map(ours -> ours.text(cell.paper())).orElse("-");
  }

  private static List<String> cells(Result result, java.util.function.Function<Cell, String> text) {
    return result.cells().stream().map(text).toList();
  }

  private static String line(String label, List<String> cells, int labelWidth, int width) {
    StringBuilder line = new StringBuilder(label);
    line.append(" ".repeat(Math.max(0, labelWidth - label.length())));
    for (String cell : cells) {
      line.append(cell).append(" ".repeat(Math.max(0, width - cell.length())));
    }
    return line.toString().stripTrailing();
  }
}
