package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/** Paths of edges: a curve to a box in sight, otherwise around the boxes at right angles. */
final class EdgePath {
  private static final double RADIUS = 5;
  private static final double SIDE = 9;
  private static final double LANES_BESIDE_A_COLUMN = 14;

  private final GraphGeometry geometry;

  EdgePath(GraphGeometry geometry) {
    this.geometry = geometry;
  }

  private record Point(double x, double y) {}

  /** The attribute {@code d} of an edge. */
  String of(GraphLayout.Edge edge) {
    String from = edge.from();
    String to = edge.to();
    GraphLayout.Cell source = geometry.cell(from);
    GraphLayout.Cell target = geometry.cell(to);
    boolean sameZone = source.zone() == target.zone();
    if (sameZone && target.column() == source.column() && target.row() == source.row() + 1) {
      double x = geometry.left(from) + GraphGeometry.WIDTH / 2;
      return polyline(List.of(new Point(x, geometry.bottom(from)), new Point(x, geometry.top(to))));
    }
    boolean intoTail =
        source.zone() == GraphLayout.Zone.ROUNDS && target.zone() == GraphLayout.Zone.TAIL;
    return target.column() > source.column() && (sameZone || intoTail)
        ? curve(from, to)
        : polyline(around(from, to));
  }

  private String curve(String from, String to) {
    double start = geometry.middle(from);
    double end = geometry.middle(to);
    double before = geometry.left(to) - GraphGeometry.GAP_X;
    double half = geometry.left(to) - GraphGeometry.GAP_X / 2;
    return "M%s %sH%sC%s %s %s %s %s %s"
        .formatted(
            n(geometry.right(from)),
            n(start),
            n(before),
            n(half),
            n(start),
            n(half),
            n(end),
            n(geometry.left(to)),
            n(end));
  }

  /** Out of the source, into its lane, along it, and down beside the column of the target. */
  private List<Point> around(String from, String to) {
    List<Point> points = new ArrayList<>();
    double lane = geometry.lane(from);
    double level = geometry.laneLevel(from);
    double side = geometry.left(to) - SIDE - lane % LANES_BESIDE_A_COLUMN;
    if (geometry.inHead(from) && geometry.covered(from)) {
      double exit = geometry.right(from) + SIDE + lane % LANES_BESIDE_A_COLUMN;
      points.add(new Point(geometry.right(from), geometry.middle(from)));
      points.add(new Point(exit, geometry.middle(from)));
      points.add(new Point(exit, level));
    } else {
      double center = geometry.left(from) + GraphGeometry.WIDTH / 2;
      points.add(new Point(center, geometry.bottom(from)));
      points.add(new Point(center, level));
    }
    points.add(new Point(side, level));
    points.add(new Point(side, geometry.middle(to)));
    points.add(new Point(geometry.left(to), geometry.middle(to)));
    return points;
  }

  /** Straight pieces with rounded corners. */
  private static String polyline(List<Point> points) {
    StringBuilder path = new StringBuilder("M").append(at(points.get(0)));
    for (int i = 1; i < points.size() - 1; i++) {
      Point corner = points.get(i);
      path.append("L").append(at(toward(corner, points.get(i - 1))));
      path.append("Q").append(at(corner)).append(" ");
      path.append(at(toward(corner, points.get(i + 1))));
    }
    return path.append("L").append(at(points.get(points.size() - 1))).toString();
  }

  /** The point at which the corner's rounding meets the piece toward another point. */
  private static Point toward(Point corner, Point other) {
    double dx = other.x() - corner.x();
    double dy = other.y() - corner.y();
    double length = Math.hypot(dx, dy);
    double part = length == 0 ? 0 : Math.min(RADIUS, length / 2) / length;
    return new Point(corner.x() + part * dx, corner.y() + part * dy);
  }

  private static String at(Point point) {
    return n(point.x()) + " " + n(point.y());
  }

  private static String n(double value) {
    return Tag.coordinate(value);
  }
}
