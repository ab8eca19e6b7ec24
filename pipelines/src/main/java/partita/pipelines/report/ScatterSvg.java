package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Draws points in the plane, both axes at the same scale. */
final class ScatterSvg {
  private static final double SIZE = 460;
  private static final double LEFT = 44;
  private static final double BOTTOM = SIZE - 28;
  private static final double EDGE = 8;

  private final ReportModel.Scatter scatter;
  private final Axis x;
  private final Axis y;

  ScatterSvg(ReportModel.Scatter scatter) {
    this.scatter = scatter;
    double[] wide = range(ReportModel.Cloud::x);
    double[] tall = range(ReportModel.Cloud::y);
    double half = Math.max(wide[1] - wide[0], tall[1] - tall[0]) / 2 * 1.04;
    double reach = half > 0 ? half : 1;
    double centerX = (wide[0] + wide[1]) / 2;
    double centerY = (tall[0] + tall[1]) / 2;
    x = Axis.tight(centerX - reach, centerX + reach, LEFT, SIZE - EDGE, 6);
    y = Axis.tight(centerY - reach, centerY + reach, BOTTOM, EDGE, 6);
  }

  private double[] range(Function<ReportModel.Cloud, List<Double>> coordinate) {
    double low = values(coordinate).min().orElse(-1);
    return new double[] {low, values(coordinate).max().orElse(1)};
  }

  private DoubleStream values(Function<ReportModel.Cloud, List<Double>> coordinate) {
    return scatter.clouds().stream()
        .flatMap(cloud -> coordinate.apply(cloud).stream())
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite);
  }

  /** A scatter plot with its title and legend. */
  static Tag figure(ReportModel.Scatter scatter) {
    Tag legend = Tag.of("ul", "legend");
    for (ReportModel.Cloud cloud : scatter.clouds()) {
      String count = NumberText.count(cloud.x().size());
      legend.add(
          Tag.of("li")
              .add(
                  Tag.of("span", "swatch " + style(cloud.origin())),
                  Tag.of("span").text(cloud.name()),
                  Tag.of("b").text(count)));
    }
    return Tag.of("figure")
        .add(
            Tag.of("figcaption")
                .add(
                    Tag.of("h3").text(scatter.title()),
                    Tag.of("p", "muted").text(scatter.caption()),
                    legend),
            new ScatterSvg(scatter).draw());
  }

  private Tag draw() {
    Tag svg =
        Tag.of("svg", "scatter")
            .with("viewBox", "0 0 " + Tag.coordinate(SIZE) + " " + Tag.coordinate(SIZE))
            .with("role", "img")
            .with("aria-label", scatter.title());
    grid().forEach(svg::add);
    for (ReportModel.Cloud cloud : scatter.clouds()) {
      svg.add(points(cloud));
    }
    return svg;
  }

  private List<Tag> grid() {
    List<Tag> tags = new ArrayList<>();
    for (double tick : x.ticks()) {
      tags.add(line(x.pixel(tick), EDGE, x.pixel(tick), BOTTOM));
      tags.add(text(x.pixel(tick), BOTTOM + 17, "middle", x.label(tick)));
    }
    for (double tick : y.ticks()) {
      tags.add(line(LEFT, y.pixel(tick), SIZE - EDGE, y.pixel(tick)));
      tags.add(text(LEFT - 6, y.pixel(tick) + 4, "end", y.label(tick)));
    }
    return tags;
  }

  /** All points of a cloud as dots of one path: a line of no length with a round cap. */
  private Tag points(ReportModel.Cloud cloud) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < cloud.x().size(); i++) {
      double px = cloud.x().get(i);
      double py = cloud.y().get(i);
      if (Double.isFinite(px) && Double.isFinite(py)) {
        path.append("M").append(Tag.coordinate(x.pixel(px)));
        path.append(" ").append(Tag.coordinate(y.pixel(py))).append("h0");
      }
    }
    return Tag.of("path", "points " + style(cloud.origin())).with("d", path.toString());
  }

  private static String style(ReportModel.Origin origin) {
    return origin == ReportModel.Origin.GENERATED ? "generated" : "real";
  }

  private static Tag text(double x, double y, String anchor, String text) {
    return Tag.of("text", "tick").with("x", x).with("y", y).with("text-anchor", anchor).text(text);
  }

  private static Tag line(double x0, double y0, double x1, double y1) {
    return Tag.of("line", "grid").with("x1", x0).with("y1", y0).with("x2", x1).with("y2", y1);
  }
}
