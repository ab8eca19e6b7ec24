package partita.pipelines.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Renders a report as one self-contained page: style, script, charts and images are inside, and a
 * content security policy forbids it to load or run anything else.
 */
final class HtmlReport {
  private HtmlReport() {}

  static String render(ReportModel model) {
    String script = resource("report.js");
    Tag head =
        Tag.of("head")
            .add(
                Tag.of("meta").with("charset", "utf-8"),
                Tag.of("meta")
                    .with("http-equiv", "Content-Security-Policy")
                    .with("content", policy(script)),
                Tag.of("meta")
                    .with("name", "viewport")
                    .with("content", "width=device-width, initial-scale=1"),
                Tag.of("meta").with("name", "color-scheme").with("content", "light dark"),
                Tag.of("title")
                    .text(model.run().experiment() + " · " + model.run().id() + " · Partita"),
                Tag.verbatim("style", resource("report.css")));
    List<Section> sections = sections(model);
    Tag main = Tag.of("main").add(HeaderSection.draw(model), navigation(sections));
    sections.forEach(section -> main.add(section.draw()));
    Tag page =
        Tag.of("html")
            .with("lang", "en")
            .add(head, Tag.of("body").add(main, Tag.verbatim("script", script)));
    return "<!doctype html>\n" + page + "\n";
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

  private static String policy(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-"
          + Base64.getEncoder().encodeToString(digest)
          + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot render the report: this JVM has no SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "Cannot render the report: resource " + name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
