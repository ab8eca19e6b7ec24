package partita.pipelines.report;

import java.util.List;

/** All stages as a table, folded away below the graph: what it shows, as text. */
final class StageTable {
  private static final int KEY_DIGITS = 12;

  private StageTable() {}

  static Tag draw(List<ReportModel.Stage> stages) {
    Tag head = Tag.of("tr");
    for (String name : List.of("Stage", "Status")) {
      head.add(Tag.of("th").text(name));
    }
    head.add(Tag.of("th", "number").text("Time"), Tag.of("th", "number").text("In an earlier run"));
    for (String name : List.of("Artifact", "Run again", "Why", "Reads")) {
      head.add(Tag.of("th").text(name));
    }
    Tag body = Tag.of("tbody");
    stages.forEach(stage -> body.add(row(stage)));
    Tag table = Tag.of("table").add(Tag.of("thead").add(head), body);
    return Tag.of("details")
        .add(
            Tag.of("summary").text("All " + stages.size() + " stages as a table"),
            Tag.of("div", "scroll").with("tabindex", "0").add(table));
  }

  private static Tag row(ReportModel.Stage stage) {
    StatusMark mark = StatusMark.of(stage.status());
    String key = stage.artifact();
    return Tag.of("tr")
        .add(
            Tag.of("th").with("scope", "row").text(stage.name()),
            Tag.of("td", "status " + mark.style()).add(mark.inline()).text(mark.word()),
            Tag.of("td", "number").text(NumberText.seconds(stage.seconds())),
            Tag.of("td", "number muted").text(NumberText.seconds(stage.earlierSeconds())),
            Tag.of("td")
                .add(Tag.of("code").text(key.substring(0, Math.min(KEY_DIGITS, key.length())))),
            Tag.of("td").text(stage.reproduced()),
            Tag.of("td", "why").text(stage.message().isEmpty() ? stage.reason() : stage.message()),
            Tag.of("td", "muted").text(String.join(", ", stage.inputs())));
  }
}
