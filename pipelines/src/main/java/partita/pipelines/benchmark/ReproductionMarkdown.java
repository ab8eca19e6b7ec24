package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.pipelines.benchmark.Reproduction.Cell;
import partita.pipelines.benchmark.Reproduction.Result;

/** An outcome as Markdown that can be pasted into a README. */
public final class ReproductionMarkdown {
  private ReproductionMarkdown() {}

  /** A table for each group of columns, the paper's line above ours, then what is to be known. */
  public static String of(Reproduction reproduction) {
    StringBuilder text = new StringBuilder();
    Benchmark benchmark = reproduction.benchmark();
    text.append(
        "**%s** of %s: %s. Errors are the %s.\n"
            .formatted(
                escaped(benchmark.paper().table()),
                escaped(benchmark.paper().citation()),
                escaped(benchmark.title()),
                escaped(benchmark.error())));
    benchmark.groups().forEach((name, group) -> table(reproduction, name, group, text));
    list("Outside the tolerance:", Findings.deviations(reproduction), text);
    list("Without a comparable figure:", Findings.absences(reproduction), text);
    return text.toString();
  }

  private static void table(
      Reproduction reproduction, String name, Benchmark.Group group, StringBuilder text) {
    List<String> head = new ArrayList<>(List.of(group.title(), ""));
    group.columns().values().stream()
        .map(column -> column.title() + " " + column.better().arrow())
        .forEach(head::add);
    text.append('\n');
    row(head, text);
    text.append("|---|---|").append("---:|".repeat(group.columns().size())).append('\n');
    for (Map.Entry<String, Benchmark.Row> method : reproduction.benchmark().rows().entrySet()) {
      Result result = reproduction.result(method.getKey(), name);
      List<String> paper = new ArrayList<>(List.of(method.getValue().title(), "paper"));
      List<String> ours = new ArrayList<>(List.of("", ours(result)));
      for (Cell cell : result.cells()) {
        paper.add(cell.paper().text());
        String verdict = cell.verdict().text();
        ours.add(
            cell.ours()
                .map(figure -> "%s (%s)".formatted(figure.text(cell.paper()), verdict))
                .orElse(verdict));
      }
      row(paper, text);
      row(ours, text);
    }
    List<String> ceiling = reproduction.ceilings(name);
    if (!ceiling.isEmpty()) {
      List<String> real = new ArrayList<>(List.of("Real data", "ours"));
      real.addAll(ceiling);
      row(real, text);
    }
  }

  private static String ours(Result result) {
    return result.trials().isEmpty()
        ? "ours"
        : "ours, %d of %d trials, %,d steps"
            .formatted(result.finished(), result.trials().size(), result.steps());
  }

  private static void row(List<String> cells, StringBuilder text) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(escaped(cell)).append(" |"));
    text.append('\n');
  }

  private static void list(String title, List<String> items, StringBuilder text) {
    if (!items.isEmpty()) {
      text.append('\n').append(title).append("\n\n");
      items.forEach(item -> text.append("- ").append(escaped(item)).append('\n'));
    }
  }

  /** Text that Markdown shows as it is, in one line. */
  private static String escaped(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_<>|\\[\\]])", "\\\\$1");
  }
}
