package partita.pipelines.report;

import java.util.List;

/** Earlier runs as a table; each folds open to what differs in this one. */
final class HistorySection {
  private HistorySection() {}

  static Tag draw(List<ReportModel.PastRun> runs) {
    Tag head = Tag.of("tr");
    head.add(Tag.of("th").text("Run"), Tag.of("th").text("Status"));
    for (String name : List.of("Time", "Ran", "Up to date")) {
      head.add(Tag.of("th", "number").text(name));
    }
    head.add(Tag.of("th").text("What differs in this run"));
    Tag body = Tag.of("tbody");
    runs.forEach(run -> body.add(row(run)));
    return Tag.of("div", "scroll")
        .with("tabindex", "0")
        .add(Tag.of("table").add(Tag.of("thead").add(head), body));
  }

  private static Tag row(ReportModel.PastRun run) {
    Tag page = Tag.of("a").with("href", "../" + run.id() + "/" + ReportFiles.PAGE).text(run.id());
    return Tag.of("tr")
        .add(
            Tag.of("th").with("scope", "row").add(page),
            Tag.of("td").text(run.status()),
            Tag.of("td", "number").text(NumberText.seconds(run.seconds())),
            Tag.of("td", "number").text(NumberText.count(run.ran())),
            Tag.of("td", "number").text(NumberText.count(run.upToDate())),
            differences(run.differences()));
  }

  private static Tag differences(List<ReportModel.Difference> differences) {
    if (differences.isEmpty()) {
      return Tag.of("td", "muted").text("nothing: the same artifacts");
    }
    Tag list = Tag.of("ul");
    for (ReportModel.Difference difference : differences) {
      Tag item = Tag.of("li");
      if (!difference.stage().isEmpty()) {
        item.add(Tag.of("strong").text(difference.stage())).text(": ");
      }
      list.add(item.text(difference.text()));
    }
    return Tag.of("td")
        .add(
            Tag.of("details")
                .add(Tag.of("summary").text(differences.size() + " differences"), list));
  }
}
