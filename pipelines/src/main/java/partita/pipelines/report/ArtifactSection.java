package partita.pipelines.report;

import java.util.List;
import java.util.Locale;

/** Artifacts as a table, folded away: what making them took, and their files to be had. */
final class ArtifactSection {
  private static final int MOST_FILES = 100;

  private ArtifactSection() {}

  static Tag draw(List<ReportModel.Artifact> artifacts) {
    Tag head = Tag.of("tr").add(Tag.of("th").text("Stage"));
    for (String name : List.of("Processor time", "Peak memory", "Size")) {
      head.add(Tag.of("th", "number").text(name));
    }
    head.add(Tag.of("th").text("Files"));
    Tag body = Tag.of("tbody");
    artifacts.forEach(artifact -> body.add(row(artifact)));
    Tag table = Tag.of("table").add(Tag.of("thead").add(head), body);
    return Tag.of("details")
        .add(
            Tag.of("summary").text("Files of all " + artifacts.size() + " artifacts as a table"),
            Tag.of("div", "scroll").with("tabindex", "0").add(table));
  }

  private static Tag row(ReportModel.Artifact artifact) {
    long bytes = artifact.files().stream().mapToLong(ReportModel.Download::bytes).sum();
    return Tag.of("tr")
        .add(
            Tag.of("th").with("scope", "row").text(artifact.stage()),
            Tag.of("td", "number").text(NumberText.seconds(artifact.processorSeconds())),
            Tag.of("td", "number").text(NumberText.bytes(artifact.peakMemory())),
            Tag.of("td", "number").text(NumberText.bytes(bytes)),
            Tag.of("td").add(files(artifact)));
  }

  private static Tag files(ReportModel.Artifact artifact) {
    List<ReportModel.Download> files = artifact.files();
    Tag list = Tag.of("ul");
    for (ReportModel.Download file : files.subList(0, Math.min(MOST_FILES, files.size()))) {
      list.add(item(artifact.stage(), file));
    }
    if (files.size() > MOST_FILES) {
      list.add(
          Tag.of("li", "muted")
              .text(NumberText.count(files.size() - MOST_FILES) + " more in the store"));
    }
    return Tag.of("details")
        .add(Tag.of("summary").text(files.size() == 1 ? "1 file" : files.size() + " files"), list);
  }

  private static Tag item(String stage, ReportModel.Download file) {
    String size = NumberText.bytes(file.bytes());
    String about = file.rows() > 0 ? NumberText.count(file.rows()) + " rows, " + size : size;
    Tag item = Tag.of("li").with("title", "SHA-256 " + file.sha256());
    if (file.path().isEmpty()) {
      return item.text(file.name()).add(Tag.of("span", "muted").text(" " + about));
    }
    String saved = (stage + "-" + file.name()).replaceAll("[^A-Za-z0-9@._-]", "-");
    return item.add(
        Tag.of("a")
            .with("href", file.path())
            .with("download", saved.toLowerCase(Locale.ROOT))
            .text(file.name()),
        Tag.of("span", "muted").text(" " + about));
  }
}
