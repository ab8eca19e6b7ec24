package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/** Renders a report as one self-contained page: charts and images are inside too. */
final class HtmlReport {
  private HtmlReport() {}

  static String render(ReportModel model) {
    List<Section> sections = sections(model);
    Tag main = Tag.of("main").add(HeaderSection.draw(model), navigation(sections));
    sections.forEach(section -> main.add(section.draw()));
    return HtmlPage.of(model.run().experiment() + " · " + model.run().id() + " · Partita", main);
  }

  private static List<Section> sections(ReportModel model) {
    List<Section> sections = new ArrayList<>();
    if (!model.metrics().isEmpty()) {
      sections.add(new Section("metrics", "Metrics", "", MetricSection.draw(model.metrics())));
    }
    if (!model.stages().isEmpty()) {
      sections.add(
          new Section(
              "stages",
              "Stages",
              "Edges that follow from others are left out; stages that differ only in their"
                  + " sampling seed share a box.",
              List.of(new GraphSection(model.stages()).draw(), StageTable.draw(model.stages()))));
    }
    TimelineSection timeline = new TimelineSection(model.stages());
    if (!timeline.empty()) {
      sections.add(
          new Section("timeline", "Timeline", timeline.caption(), List.of(timeline.draw())));
    }
    curves(model, sections);
    if (!model.scatters().isEmpty()) {
      List<Tag> scatters = model.scatters().stream().map(ScatterSection::draw).toList();
      sections.add(new Section("points", "Points", "", scatters));
    }
    if (!model.sheets().isEmpty()) {
      Tag sheets = Tag.of("div", "sheets");
      model.sheets().forEach(sheet -> sheets.add(SheetSection.draw(sheet)));
      sections.add(new Section("images", "Images", "", List.of(sheets)));
    }
    if (!model.artifacts().isEmpty()) {
      sections.add(
          new Section(
              "artifacts",
              "Artifacts",
              "Time and memory are those of the process that ran the stage in this run; every file"
                  + " is Arrow IPC or as its name says.",
              List.of(ArtifactSection.draw(model.artifacts()))));
    }
    if (!model.history().isEmpty()) {
      sections.add(
          new Section(
              "history",
              "Earlier runs",
              "Of this experiment, the latest first.",
              List.of(HistorySection.draw(model.history()))));
    }
    return sections;
  }

  private static void curves(ReportModel model, List<Section> sections) {
    for (ReportModel.Subject subject : ReportModel.Subject.values()) {
      List<ReportModel.Chart> charts =
          model.charts().stream().filter(chart -> chart.subject() == subject).toList();
      if (!charts.isEmpty()) {
        List<Tag> content = List.of(CurveSection.draw(charts));
        sections.add(
            switch (subject) {
              case TRAINING ->
                  new Section(
                      "training",
                      "Training",
                      "Lines are means over neighboring steps, bands their extremes.",
                      content);
              case METRIC ->
                  new Section(
                      "progress",
                      "Metrics by step",
                      "Points are means over sampling seeds, bands one standard deviation.",
                      content);
              case CLUSTERS ->
                  new Section(
                      "clusters",
                      "Clusters by round",
                      "nmi(previous) compares a round with the one before it, truth is the true classes."
                          + " The line of the sizes is the median cluster, the band runs from the"
                          + " smallest to the largest.",
                      content);
            });
      }
    }
  }

  private static Tag navigation(List<Section> sections) {
    Tag navigation = Tag.of("nav").with("aria-label", "Sections");
    sections.forEach(
        section ->
            navigation.add(Tag.of("a").with("href", "#" + section.id()).text(section.title())));
    return navigation;
  }

  /** A part of the page with a heading and a place in the navigation. */
  record Section(String id, String title, String caption, List<Tag> content) {
    Tag draw() {
      Tag section = Tag.of("section").with("id", id).add(Tag.of("h2").text(title));
      if (!caption.isEmpty()) {
        section.add(Tag.of("p", "muted").text(caption));
      }
      return section.add(content);
    }
  }
}
