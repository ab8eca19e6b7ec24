package partita.pipelines.report;

import java.util.List;

/** The metrics: the first ones large, then all in a table beside what they compare with. */
final class MetricSection {
  private static final int HEADLINES = 4;

  private MetricSection() {}

  static List<Tag> draw(List<ReportModel.Metric> metrics) {
    Tag tiles = Tag.of("div", "headlines");
    metrics.stream().limit(HEADLINES).forEach(metric -> tiles.add(headline(metric)));
    Tag body = Tag.of("tbody");
    metrics.forEach(metric -> body.add(row(metric)));
    Tag table = Tag.of("table").add(Tag.of("thead").add(head()), body);
    Tag scroll = Tag.of("div", "scroll").with("tabindex", "0").add(table);
    boolean ownNetwork = metrics.stream().anyMatch(metric -> metric.name().contains("("));
    return ownNetwork ? List.of(tiles, scroll, caution()) : List.of(tiles, scroll);
  }

  private static Tag caution() {
    return Tag.of("p", "caution")
        .text(
            "A metric that names a network in parentheses was scored by a network trained in this"
                + " pipeline, on this data. Such figures compare only with each other, for the"
                + " same network digest and protocol. They do not compare with published FID, IS"
                + " or precision and recall, which are reserved for the official networks.");
  }

  private static Tag headline(ReportModel.Metric metric) {
    Tag tile = Tag.of("div", "headline");
    tile.add(
        Tag.of("div", "headline-name").text(metric.name() + " " + arrow(metric)),
        Tag.of("div", "headline-value").text(NumberText.of(metric.mean())));
    if (!Double.isNaN(metric.std())) {
      tile.add(
          Tag.of("div", "headline-more")
              .text(
                  "± "
                      + NumberText.like(metric.std(), metric.mean())
                      + " over "
                      + metric.seeds()
                      + " seeds"));
    }
    if (!Double.isNaN(metric.realToReal())) {
      tile.add(
          Tag.of("div", "headline-more")
              .text("real vs. real " + NumberText.of(metric.realToReal())));
    }
    return tile;
  }

  private static Tag head() {
    Tag row = Tag.of("tr");
    row.add(Tag.of("th").text("Metric"));
    for (String name : List.of("Value", "Seeds", "Real vs. real", "First value", "Paper")) {
      row.add(Tag.of("th", "number").text(name));
    }
    return row.add(
        Tag.of("th").text("Verdict"),
        Tag.of("th", "number").text("Real / generated"),
        Tag.of("th", "number").text("Step"));
  }

  private static Tag row(ReportModel.Metric metric) {
    String images = NumberText.count(metric.real()) + " / " + NumberText.count(metric.generated());
    return Tag.of("tr")
        .add(
            Tag.of("th", "metric")
                .with("scope", "row")
                .add(
                    Tag.of("div").text(metric.name() + " " + arrow(metric)),
                    Tag.of("div", "protocol").text(metric.network()),
                    Tag.of("div", "protocol").text(metric.protocol())),
            number(NumberText.of(metric.mean(), metric.std())),
            number(NumberText.count(metric.seeds())),
            number(NumberText.of(metric.realToReal())),
            number(first(metric)),
            number(metric.paper().isEmpty() ? "–" : metric.paper()),
            Tag.of("td").add(Tag.of("span", "verdict").text(metric.verdict())),
            number(images),
            number(NumberText.count(metric.step())));
  }

  private static String first(ReportModel.Metric metric) {
    return Double.isNaN(metric.first())
        ? "–"
        : NumberText.of(metric.first()) + " at step " + NumberText.count(metric.firstStep());
  }

  private static String arrow(ReportModel.Metric metric) {
    return metric.better() == ReportModel.Better.LOWER ? "↓" : "↑";
  }

  private static Tag number(String text) {
    return Tag.of("td", "number").text(text);
  }
}
