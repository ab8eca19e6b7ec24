package partita.pipelines.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the cells of a {@link GraphLayout} lie on the page, in pixels, and which lanes between them
 * the edges take that leave their own row.
 */
final class GraphGeometry {
  static final double WIDTH = 180;
  static final double HEIGHT = 44;
  static final double GAP_X = 32;
  static final double GAP_Y = 20;

  private static final double MARGIN = 30;
  private static final double TOP = 4;
  private static final double LANE = 7;

  private final GraphLayout layout;

  /** Sources of the head whose edges leave it, in the order of their lanes. */
  private final Map<String, Integer> lanes = new LinkedHashMap<>();

  GraphGeometry(GraphLayout layout) {
    this.layout = layout;
    for (GraphLayout.Edge edge : layout.edges()) {
      if (inHead(edge.from()) && !inHead(edge.to())) {
        lanes.putIfAbsent(edge.from(), lanes.size());
      }
    }
  }

  GraphLayout.Cell cell(String id) {
    GraphLayout.Cell cell = layout.cells().get(id);
    if (cell == null) {
      throw new IllegalStateException("Stage " + id + " was not placed");
    }
    return cell;
  }

  boolean inHead(String id) {
    return cell(id).zone() == GraphLayout.Zone.HEAD;
  }

  double left(String id) {
    return MARGIN + cell(id).column() * (WIDTH + GAP_X);
  }

  double right(String id) {
    return left(id) + WIDTH;
  }

  double top(String id) {
    double lanesBelowHead = inHead(id) || lanes.isEmpty() ? 0 : 16 + lanes.size() * LANE;
    return TOP + cell(id).row() * (HEIGHT + GAP_Y) + lanesBelowHead;
  }

  double bottom(String id) {
    return top(id) + HEIGHT;
  }

  double middle(String id) {
    return top(id) + HEIGHT / 2;
  }

  /** Whether another box of the same zone lies below in the same column. */
  boolean covered(String id) {
    GraphLayout.Cell cell = cell(id);
    return layout.cells().values().stream()
        .anyMatch(
            other ->
                other.zone() == cell.zone()
                    && other.column() == cell.column()
                    && other.row() > cell.row());
  }

  /** Distance of a source's lane from the first one. */
  double lane(String id) {
    return lanes.getOrDefault(id, 0) * LANE;
  }

  /** Height at which a source's edges run sideways. */
  double laneLevel(String id) {
    if (!inHead(id)) {
      return bottom(id) + GAP_Y / 2;
    }
    double head =
        layout.cells().keySet().stream()
            .filter(this::inHead)
            .mapToDouble(this::bottom)
            .max()
            .orElse(0);
    return head + 14 + lane(id);
  }

  /** Width of the whole picture. */
  double width() {
    return layout.cells().keySet().stream().mapToDouble(this::right).max().orElse(0) + MARGIN;
  }

  /** Height of the whole picture. */
  double height() {
    return layout.cells().keySet().stream().mapToDouble(this::bottom).max().orElse(0) + TOP;
  }
}
