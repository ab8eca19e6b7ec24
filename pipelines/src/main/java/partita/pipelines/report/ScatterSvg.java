package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.pipelines.report.ReportModel.Cloud;

/** Draws points in the plane, both axes at the same scale. */
final class ScatterSvg {
  private static final double LARGE = 460;
  private static final double SMALL = 150;
  private static final double LEFT = 44;
  private static final double BELOW = 28;
  private static final double EDGE = 8;

  private final ScatterBounds bounds;
  private final double size;
  private final Axis x;
  private final Axis y;
  private final Tag svg;

  private ScatterSvg(ScatterBounds bounds, String name, double size, boolean ticks) {
    this.bounds = bounds;
    this.size = size;
    double left = ticks ? LEFT : 1;
    double right = ticks ? size - EDGE : size - 1;
    x =
        Axis.tight(
            bounds.centerX() - bounds.reach(), bounds.centerX() + bounds.reach(), left, right, 6);
    y =
        Axis.tight(
            bounds.centerY() - bounds.reach(),
            bounds.centerY() + bounds.reach(),
            ticks ? size - BELOW : size - 1,
            ticks ? EDGE : 1,
            6);
    svg =
        Tag.of("svg", ticks ? "scatter" : "scatter small")
            .with("viewBox", "0 0 %1$s %1$s".formatted(Tag.coordinate(size)))
            .with("role", "img")
            .with("aria-label", name);
  }

  /** An empty picture with labeled axes. */
  static ScatterSvg large(ScatterBounds bounds, String name) {
    ScatterSvg picture = new ScatterSvg(bounds, name, LARGE, true);
    picture.grid();
    return picture;
  }

  /** An empty picture in a frame, for a row of such. */
  static ScatterSvg small(ScatterBounds bounds, String name) {
    ScatterSvg picture = new ScatterSvg(bounds, name, SMALL, false);
    picture.svg.add(
        Tag.of("rect", "frame")
            .with("x", 0.5)
            .with("y", 0.5)
            .with("width", SMALL - 1)
            .with("height", SMALL - 1));
    return picture;
  }

  /** Draws a cloud over what is there, in one color of its own. */
  ScatterSvg plain(Cloud cloud, int most) {
    StringBuilder path = new StringBuilder();
    for (int row : Evenly.pick(cloud.x().size(), most)) {
      dot(cloud, row, path);
    }
    svg.add(Tag.of("path", "points " + style(cloud)).with("d", path.toString()));
    return this;
  }

  /** Draws a cloud over what is there, each point in the color of its cluster. */
  ScatterSvg byCluster(Cloud cloud, int most) {
    Map<Integer, StringBuilder> paths = new TreeMap<>();
    for (int row : Evenly.pick(cloud.x().size(), most)) {
      dot(cloud, row, paths.computeIfAbsent(cloud.clusters().get(row), c -> new StringBuilder()));
    }
    paths.forEach(
        (cluster, path) -> {
          Tag points =
              cluster < 0
                  ? Tag.of("path", "points " + style(cloud))
                  : ClusterColor.paint(Tag.of("path"), "points", cluster);
          svg.add(points.with("d", path.toString()));
        });
    return this;
  }

  Tag draw() {
    return svg;
  }

  private void grid() {
    List<Tag> tags = new ArrayList<>();
    double bottom = size - BELOW;
    for (double tick : x.ticks()) {
      tags.add(line(x.pixel(tick), EDGE, x.pixel(tick), bottom));
      tags.add(text(x.pixel(tick), bottom + 17, "middle", x.label(tick)));
    }
    for (double tick : y.ticks()) {
      tags.add(line(LEFT, y.pixel(tick), size - EDGE, y.pixel(tick)));
      tags.add(text(LEFT - 6, y.pixel(tick) + 4, "end", y.label(tick)));
    }
    svg.add(tags);
  }

  /** A dot of a path of many: a line of no length with a round cap. */
  private void dot(Cloud cloud, int row, StringBuilder path) {
    double px = cloud.x().get(row);
    double py = cloud.y().get(row);
    if (bounds.holds(px, py)) {
      path.append("M").append(Tag.coordinate(x.pixel(px)));
      path.append(" ").append(Tag.coordinate(y.pixel(py))).append("h0");
    }
  }

  static String style(Cloud cloud) {
    return cloud.origin() == ReportModel.Origin.GENERATED ? "generated" : "real";
  }

  private static Tag text(double x, double y, String anchor, String text) {
    return Tag.of("text", "tick").with("x", x).with("y", y).with("text-anchor", anchor).text(text);
  }

  private static Tag line(double x0, double y0, double x1, double y1) {
    return Tag.of("line", "grid").with("x1", x0).with("y1", y0).with("x2", x1).with("y2", y1);
  }
}
