package partita.pipelines.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Draws one chart: range bands, lines, reference lines, ticks, and each curve's name at its end.
 * The values lie in {@code data-} attributes for the hover readout.
 */
final class ChartSvg {
  static final int COLORS = 7;

  private static final double WIDTH = 520;
  private static final double HEIGHT = 270;
  private static final double LEFT = 52;
  private static final double TOP = 12;
  private static final double BOTTOM = HEIGHT - 40;
  private static final double LABEL_DISTANCE = 14;

  /** Width of a letter at the size that a phone shows. */
  private static final double LABEL_CHARACTER = 7.6;

  private final ReportModel.Chart chart;
  private final boolean labeled;
  private final double right;
  private final Axis x;
  private final Axis y;

  ChartSvg(ReportModel.Chart chart) {
    this.chart = chart;
    int longest =
        Stream.concat(
                chart.series().stream().map(ReportModel.Series::name),
                chart.references().stream().map(ReportModel.Reference::name))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    // One line alone is named by the title and the legend.
    labeled = chart.series().size() + chart.references().size() > 1;
    right = labeled ? WIDTH - Math.min(170, 14 + LABEL_CHARACTER * longest) : WIDTH - 14;
    x =
        Axis.tight(
            points().mapToDouble(ReportModel.Point::step).min().orElse(0),
            points().mapToDouble(ReportModel.Point::step).max().orElse(1),
            LEFT,
            right,
            5);
    y = Axis.rounded(lowest(), highest(), BOTTOM, TOP, 5);
  }

  /** Whether a chart has a point that can be drawn. */
  static boolean drawable(ReportModel.Chart chart) {
    return chart.series().stream()
        .flatMap(series -> series.points().stream())
        .anyMatch(ChartSvg::finite);
  }

  private static boolean finite(ReportModel.Point point) {
    return Double.isFinite(point.value()) && Double.isFinite(point.step());
  }

  private Stream<ReportModel.Point> points() {
    return chart.series().stream()
        .flatMap(series -> series.points().stream())
        .filter(ChartSvg::finite);
  }

  /** What the axis must reach; a training's extremes may leave it, single steps are noisy. */
  private DoubleStream shown() {
    boolean bands = chart.subject() != ReportModel.Subject.TRAINING;
    return DoubleStream.concat(
            points()
                .flatMapToDouble(
                    p ->
                        bands
                            ? DoubleStream.of(p.value(), p.low(), p.high())
                            : DoubleStream.of(p.value())),
            chart.references().stream().mapToDouble(ReportModel.Reference::value))
        .filter(Double::isFinite);
  }

  private double lowest() {
    double low = shown().min().orElse(0);
    return low >= 0 && low < 0.5 * shown().max().orElse(1) ? 0 : low;
  }

  private double highest() {
    double high = shown().max().orElse(1);
    // A count that stays zero is drawn on the ground, not between signs.
    return high == 0 && lowest() == 0 ? 1 : high;
  }

  Tag draw() {
    Tag svg =
        Tag.of("svg", "chart")
            .with("viewBox", "0 0 " + Tag.coordinate(WIDTH) + " " + Tag.coordinate(HEIGHT))
            .with("role", "img")
            .with("aria-label", chart.title());
    grid().forEach(svg::add);
    List<EndLabel> labels = new ArrayList<>();
    for (ReportModel.Reference reference : chart.references()) {
      if (Double.isFinite(reference.value())) {
        double level = y.pixel(reference.value());
        svg.add(line("reference", LEFT, level, right, level));
        labels.add(new EndLabel(level, reference.name(), "muted"));
      }
    }
    for (int i = 0; i < chart.series().size(); i++) {
      ReportModel.Series series = chart.series().get(i);
      List<ReportModel.Point> points = series.points().stream().filter(ChartSvg::finite).toList();
      if (!points.isEmpty()) {
        svg.add(band(points, i), curve(series.name(), points, i));
        double end = y.pixel(points.get(points.size() - 1).value());
        labels.add(new EndLabel(end, series.name(), "s" + i % COLORS));
      }
    }
    if (labeled) {
      spread(labels).forEach(label -> svg.add(label.draw(right + 7)));
    }
    return svg.add(line("crosshair", LEFT, TOP, LEFT, BOTTOM));
  }

  private List<Tag> grid() {
    List<Tag> tags = new ArrayList<>();
    for (double tick : y.ticks()) {
      double level = y.pixel(tick);
      tags.add(line("grid", LEFT, level, right, level));
      tags.add(text("tick", LEFT - 7, level + 4, "end", y.label(tick)));
    }
    for (double tick : x.ticks()) {
      tags.add(line("axis", x.pixel(tick), BOTTOM, x.pixel(tick), BOTTOM + 4));
      tags.add(text("tick", x.pixel(tick), BOTTOM + 17, "middle", x.label(tick)));
    }
    tags.add(line("axis", LEFT, BOTTOM, right, BOTTOM));
    tags.add(text("unit", (LEFT + right) / 2, HEIGHT - 5, "middle", chart.x()));
    return tags;
  }

  private Tag band(List<ReportModel.Point> points, int color) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      path.append(i == 0 ? "M" : "L").append(at(points.get(i), points.get(i).high()));
    }
    for (int i = points.size() - 1; i >= 0; i--) {
      path.append("L").append(at(points.get(i), points.get(i).low()));
    }
    return Tag.of("path", "band s" + color % COLORS).with("d", path.append("Z").toString());
  }

  private Tag curve(String name, List<ReportModel.Point> points, int color) {
    String style = "s" + color % COLORS;
    String line =
        points.stream().map(p -> at(p, p.value())).collect(Collectors.joining("L", "M", ""));
    Tag group =
        Tag.of("g", "series")
            .with("data-name", name)
            .with("data-style", style)
            .with("data-px", join(points.stream().mapToDouble(p -> x.pixel(p.step()))))
            .with("data-py", join(points.stream().mapToDouble(p -> y.pixel(p.value()))))
            .with(
                "data-x",
                points.stream()
                    .map(p -> NumberText.count(Math.round(p.step())))
                    .collect(Collectors.joining("|")))
            .with(
                "data-y",
                points.stream().map(p -> NumberText.of(p.value())).collect(Collectors.joining("|")))
            .add(Tag.of("path", "curve " + style).with("d", line));
    if (points.size() <= 24) {
      points.forEach(p -> group.add(dot(p, style)));
    }
    return group;
  }

  private Tag dot(ReportModel.Point point, String style) {
    return Tag.of("circle", "dot " + style)
        .with("cx", x.pixel(point.step()))
        .with("cy", y.pixel(point.value()))
        .with("r", 3);
  }

  private String at(ReportModel.Point point, double value) {
    double drawn = Double.isFinite(value) ? value : point.value();
    return Tag.coordinate(x.pixel(point.step())) + " " + Tag.coordinate(y.pixel(drawn));
  }

  private static String join(DoubleStream pixels) {
    return pixels.mapToObj(Tag::coordinate).collect(Collectors.joining(" "));
  }

  /** Moves labels apart that would overlap, keeping their order. */
  private static List<EndLabel> spread(List<EndLabel> labels) {
    List<EndLabel> sorted =
        labels.stream().sorted(Comparator.comparingDouble(EndLabel::y)).toList();
    List<EndLabel> spread = new ArrayList<>();
    double free = TOP;
    for (int i = 0; i < sorted.size(); i++) {
      double last = BOTTOM - (sorted.size() - 1 - i) * LABEL_DISTANCE;
      double level = Math.max(free, Math.min(sorted.get(i).y(), last));
      spread.add(new EndLabel(level, sorted.get(i).text(), sorted.get(i).style()));
      free = level + LABEL_DISTANCE;
    }
    return spread;
  }

  private static Tag text(String style, double x, double y, String anchor, String text) {
    return Tag.of("text", style).with("x", x).with("y", y).with("text-anchor", anchor).text(text);
  }

  private static Tag line(String style, double x0, double y0, double x1, double y1) {
    return Tag.of("line", style).with("x1", x0).with("y1", y0).with("x2", x1).with("y2", y1);
  }

  /** A curve's name beside its end. */
  private record EndLabel(double y, String text, String style) {
    Tag draw(double x) {
      return ChartSvg.text("end " + style, x, y + 4, "start", text);
    }
  }
}
