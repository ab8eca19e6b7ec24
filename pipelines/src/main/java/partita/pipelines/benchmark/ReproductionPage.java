package partita.pipelines.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.pipelines.benchmark.Reproduction.Cell;
import partita.pipelines.benchmark.Reproduction.Result;
import partita.pipelines.benchmark.Reproduction.TrialResult;
import partita.pipelines.report.HtmlPage;
import partita.pipelines.report.ShellCommand;
import partita.pipelines.report.Tag;

/** An outcome as one self-contained page, with links to the reports of the runs beside it. */
final class ReproductionPage {
  private final Reproduction reproduction;
  private final Path folder;

  private ReproductionPage(Reproduction reproduction, Path folder) {
    this.reproduction = reproduction;
    this.folder = folder;
  }

  /**
   * The page.
   *
   * @param folder in which it will lie; links to reports are relative to it
   */
  static String render(Reproduction reproduction, Path folder) {
    return new ReproductionPage(reproduction, folder).page();
  }

  private String page() {
    Benchmark benchmark = reproduction.benchmark();
    Tag main = Tag.of("main").add(header(benchmark));
    List<String> deviations = Findings.deviations(reproduction);
    if (!deviations.isEmpty()) {
      main.add(section("Outside the tolerance", list(deviations)));
    }
    List<String> absences = Findings.absences(reproduction);
    if (!absences.isEmpty()) {
      main.add(section("Without a comparable figure", list(absences)));
    }
    benchmark.groups().forEach((name, group) -> main.add(group(name, group)));
    return HtmlPage.of(reproduction.table() + " · Partita", main);
  }

  private Tag header(Benchmark benchmark) {
    Tag facts = Tag.of("dl", "facts");
    fact(facts, "Paper", benchmark.paper().citation());
    fact(facts, "Protocol", benchmark.protocol());
    fact(facts, "A trial", benchmark.trial());
    fact(facts, "Errors", benchmark.error());
    fact(facts, "Started", reproduction.started());
    fact(facts, "Artifacts", reproduction.artifacts());
    return Tag.of("header")
        .add(
            Tag.of("p", "eyebrow").text("Partita reproduction of " + benchmark.paper().table()),
            Tag.of("div", "title").add(Tag.of("h1").text(benchmark.title())),
            facts,
            Tag.of("div", "command")
                .add(
                    Tag.of("div", "command-head").text("To repeat"),
                    Tag.of("pre")
                        .add(Tag.of("code").text(ShellCommand.of(reproduction.command())))));
  }

  private static void fact(Tag list, String name, String text) {
    list.add(Tag.of("div").add(Tag.of("dt").text(name), Tag.of("dd").text(text)));
  }

  private static Tag section(String title, Tag content) {
    return Tag.of("section").add(Tag.of("h2").text(title), content);
  }

  private static Tag list(List<String> items) {
    Tag list = Tag.of("ul");
    items.forEach(item -> list.add(Tag.of("li").text(item)));
    return list;
  }

  private Tag group(String name, Benchmark.Group group) {
    Tag head = Tag.of("tr").add(Tag.of("th").text("Method"), Tag.of("th"));
    group
        .columns()
        .values()
        .forEach(
            column ->
                head.add(
                    Tag.of("th", "number").text(column.title() + " " + column.better().arrow())));
    head.add(Tag.of("th").text("Trials"));
    Tag body = Tag.of("tbody");
    for (Map.Entry<String, Benchmark.Row> row : reproduction.benchmark().rows().entrySet()) {
      body.add(rows(row.getValue(), reproduction.result(row.getKey(), name)));
    }
    List<String> ceilings = reproduction.ceilings(name);
    if (!ceilings.isEmpty()) {
      Tag real =
          Tag.of("tr")
              .add(
                  Tag.of("th", "metric").with("scope", "row").text("Real data"),
                  Tag.of("td").text("ours"));
      ceilings.forEach(text -> real.add(Tag.of("td", "number").text(text)));
      body.add(real.add(Tag.of("td")));
    }
    Tag table = Tag.of("table").add(Tag.of("thead").add(head), body);
    return section(group.title(), Tag.of("div", "scroll").with("tabindex", "0").add(table));
  }

  private List<Tag> rows(Benchmark.Row method, Result result) {
    Tag paper =
        Tag.of("tr")
            .add(
                Tag.of("th", "metric")
                    .with("scope", "row")
                    .with("rowspan", "2")
                    .text(method.title())
                    .add(Tag.of("div", "protocol").text(Findings.budget(result))),
                Tag.of("td", "muted").text("paper"));
    Tag ours = Tag.of("tr").add(Tag.of("td").text("ours"));
    for (Cell cell : result.cells()) {
      paper.add(Tag.of("td", "number").text(cell.paper().text()));
      ours.add(ours(cell));
    }
    paper.add(trials(result).with("rowspan", "2"));
    return List.of(paper, ours);
  }

  private static Tag ours(Cell cell) {
    Tag figure =
        Tag.of("td", "number").text(cell.ours().map(ours -> ours.text(cell.paper())).orElse("–"));
    return figure.add(
        Tag.of("div")
            .add(
                Tag.of("span", "verdict")
                    .with("title", cell.verdict().reason())
                    .text(cell.verdict().text())));
  }

  private Tag trials(Result result) {
    List<Tag> links = new ArrayList<>();
    for (TrialResult trial : result.trials()) {
      String text = "seed " + trial.seed() + (trial.failure().isEmpty() ? "" : " failed");
      Tag link =
          trial
              .report()
              .map(report -> Tag.of("a").with("href", relative(Path.of(report))))
              .orElse(Tag.of("span"));
      links.add(Tag.of("div").add(link.text(text)));
    }
    return Tag.of("td").add(links);
  }

  private String relative(Path report) {
    Path to = folder.toAbsolutePath().normalize().relativize(report.toAbsolutePath().normalize());
    List<String> parts = new ArrayList<>();
    to.forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }
}
