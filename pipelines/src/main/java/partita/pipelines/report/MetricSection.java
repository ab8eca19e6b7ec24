package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The metrics: the first ones large, then all in a table beside what they compare with. */
final class MetricSection {
  private static final int HEADLINES = 4;

  private MetricSection() {}

  static List<Tag> draw(List<ReportModel.Metric> metrics) {
    Tag tiles = Tag.of("div", "headlines");
    metrics.stream().limit(HEADLINES).forEach(metric -> tiles.add(headline(metric)));
    boolean paper = metrics.stream().anyMatch(metric -> !metric.paper().isEmpty());
    boolean averaged = metrics.stream().anyMatch(metric -> metric.checkpoints() > 0);
    Tag body = Tag.of("tbody");
    metrics.forEach(metric -> body.add(row(metric, averaged, paper)));
    Tag table = Tag.of("table", "metrics").add(Tag.of("thead").add(head(averaged, paper)), body);
    Tag scroll = Tag.of("div", "scroll").with("tabindex", "0").add(table);
    List<Tag> parts = new ArrayList<>(List.of(tiles, scroll));
    List<ReportModel.Metric> scored =
        metrics.stream().filter(metric -> !metric.network().isEmpty()).toList();
    if (!scored.isEmpty()) {
      parts.add(networks(scored));
    }
    if (scored.stream().anyMatch(metric -> metric.name().contains("("))) {
      parts.add(caution());
    }
    return parts;
  }

  private static Tag networks(List<ReportModel.Metric> scored) {
    Tag list = Tag.of("p", "muted networks").text("Scored by ");
    return list.text(
        scored.stream()
            .map(ReportModel.Metric::network)
            .distinct()
            .collect(Collectors.joining("; ", "", ".")));
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
                  "± %s over %d seeds"
                      .formatted(NumberText.like(metric.std(), metric.mean()), metric.seeds())));
    }
    if (!Double.isNaN(metric.realToReal())) {
      tile.add(
          Tag.of("div", "headline-more")
              .text("real vs. real " + NumberText.of(metric.realToReal())));
    }
    return tile;
  }

  private static Tag head(boolean averaged, boolean paper) {
    Tag row = Tag.of("tr").add(Tag.of("th").text("Metric"));
    for (String name : List.of("Step", "Value", "Seeds", "Real vs. real", "First value")) {
      row.add(Tag.of("th", "number").text(name));
    }
    if (averaged) {
      row.add(Tag.of("th", "number").text("Last steps"));
    }
    if (paper) {
      row.add(Tag.of("th", "number").text("Paper"));
    }
    return row.add(
        Tag.of("th").text("Verdict"),
        Tag.of("th", "number").text("N real"),
        Tag.of("th", "number").text("N generated"));
  }

  private static Tag row(ReportModel.Metric metric, boolean averaged, boolean paper) {
    Tag row =
        Tag.of("tr")
            .add(
                Tag.of("th", "metric")
                    .with("scope", "row")
                    .text(metric.name() + " " + arrow(metric))
                    .add(Tag.of("div", "protocol").text(metric.protocol())),
                number(NumberText.count(metric.step())),
                number(NumberText.of(metric.mean(), metric.std())),
                number(NumberText.count(metric.seeds())),
                number(NumberText.of(metric.realToReal())),
                number(first(metric)));
    if (averaged) {
      row.add(number(average(metric)));
    }
    if (paper) {
      row.add(number(metric.paper().isEmpty() ? "–" : metric.paper()));
    }
    return row.add(
        Tag.of("td").add(Tag.of("span", "verdict").text(metric.verdict())),
        number(metric.real() == 0 ? "–" : NumberText.count(metric.real())),
        number(NumberText.count(metric.generated())));
  }

  private static String first(ReportModel.Metric metric) {
    return Double.isNaN(metric.first())
        ? "–"
        : NumberText.of(metric.first()) + " at step " + NumberText.count(metric.firstStep());
  }

  private static String average(ReportModel.Metric metric) {
    return metric.checkpoints() == 0
        ? "–"
        : "%s over %d"
            .formatted(
                NumberText.of(metric.checkpointMean(), metric.checkpointStd()),
                metric.checkpoints());
  }

  private static String arrow(ReportModel.Metric metric) {
    return metric.better() == ReportModel.Better.LOWER ? "↓" : "↑";
  }

  private static Tag number(String text) {
    return Tag.of("td", "number").text(text);
  }
}
