package partita.pipelines.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws the graph of stages as SVG: boxes with status and duration, edges at right angles. */
final class GraphSection {
  private static final double WIDTH = 168;
  private static final double HEIGHT = 44;
  private static final double GAP_X = 36;
  private static final double GAP_Y = 20;
  private static final double MARGIN = 30;
  private static final double LANE = 7;

  /** As many fit in a box in any font. */
  private static final int NAME_CHARACTERS = 18;

  private static final int STATE_CHARACTERS = 20;

  private static final int MOST_CHARACTERS = 26;

  private final GraphLayout layout;

  /** Sources whose edges leave their own row: each has a lane of its own between the boxes. */
  private final Map<String, Integer> lanes = new LinkedHashMap<>();

  private final double headGap;

  GraphSection(List<ReportModel.Stage> stages) {
    layout = new GraphLayout(StageBox.fold(stages));
    int headLanes = 0;
    for (GraphLayout.Edge edge : layout.edges()) {
      if (!direct(edge) && !lanes.containsKey(edge.from())) {
        boolean head = cell(edge.from()).zone() == GraphLayout.Zone.HEAD;
        lanes.put(edge.from(), head ? headLanes++ : 0);
      }
    }
    headGap = GAP_Y + 16 + headLanes * LANE;
  }

  Tag draw() {
    double right = 0;
    double bottom = 0;
    List<Tag> boxes = new ArrayList<>();
    for (StageBox box : layout.boxes().values()) {
      right = Math.max(right, x(box.id()) + WIDTH);
      bottom = Math.max(bottom, y(box.id()) + HEIGHT);
      boxes.add(box(box));
    }
    List<Tag> edges = layout.edges().stream().map(this::edge).toList();
    Tag svg =
        Tag.of("svg", "graph")
            .with("width", right + MARGIN)
            .with("height", bottom + 8)
            .with("role", "img")
            .with("aria-label", "Graph of stages")
            .add(edges)
            .add(boxes);
    return Tag.of("div", "scroll").with("tabindex", "0").add(svg);
  }

  private GraphLayout.Cell cell(String id) {
    GraphLayout.Cell cell = layout.cells().get(id);
    if (cell == null) {
      throw new IllegalStateException("Stage " + id + " was not placed");
    }
    return cell;
  }

  private double x(String id) {
    return MARGIN + cell(id).column() * (WIDTH + GAP_X);
  }

  private double y(String id) {
    GraphLayout.Cell cell = cell(id);
    double extra = cell.zone() == GraphLayout.Zone.HEAD ? 0 : headGap - GAP_Y;
    return 4 + cell.row() * (HEIGHT + GAP_Y) + extra;
  }

  private Tag box(StageBox box) {
    StatusMark mark = StatusMark.of(box.status());
    double x = x(box.id());
    double y = y(box.id());
    String seconds = box.durationText();
    return Tag.of("g", "box " + mark.style())
        .with("data-id", box.id())
        .add(Tag.of("title").text(box.title() + ": " + box.statusText() + seconds + reasons(box)))
        .add(
            Tag.of("rect")
                .with("x", x)
                .with("y", y)
                .with("width", WIDTH)
                .with("height", HEIGHT)
                .with("rx", 7))
        .add(name(box.title()).with("x", x + 12).with("y", y + 18))
        .add(mark.icon(x + 12, y + 25))
        .add(
            squeezed("state", box.statusText() + seconds, STATE_CHARACTERS, WIDTH - 39)
                .with("x", x + 29)
                .with("y", y + 35));
  }

  private static String reasons(StageBox box) {
    return box.members().stream()
        .map(ReportModel.Stage::reason)
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .limit(1)
        .map(reason -> "\n" + reason)
        .findFirst()
        .orElse("");
  }

  /** A long name is squeezed; a longer one loses its middle, as step and seeds are at its end. */
  private static Tag name(String name) {
    String shown = name;
    if (name.length() > MOST_CHARACTERS) {
      int tail = MOST_CHARACTERS / 2;
      shown = name.substring(0, tail - 1) + "…" + name.substring(name.length() - tail);
    }
    return squeezed("name", shown, NAME_CHARACTERS, WIDTH - 22);
  }

  private static Tag squeezed(String style, String shown, int characters, double width) {
    Tag text = Tag.of("text", style).text(shown);
    return shown.length() <= characters
        ? text
        : text.with("textLength", width).with("lengthAdjust", "spacingAndGlyphs");
  }

  /** Whether an edge can be drawn from box to box without passing others. */
  private boolean direct(GraphLayout.Edge edge) {
    GraphLayout.Cell from = cell(edge.from());
    GraphLayout.Cell to = cell(edge.to());
    if (from.zone() != to.zone()) {
      return to.zone() == GraphLayout.Zone.TAIL && from.zone() == GraphLayout.Zone.ROUNDS;
    }
    boolean below = to.column() == from.column() && to.row() == from.row() + 1;
    return to.column() > from.column() || below;
  }

  private Tag edge(GraphLayout.Edge edge) {
    return Tag.of("path", "edge")
        .with("data-from", edge.from())
        .with("data-to", edge.to())
        .with("d", path(edge));
  }

  private String path(GraphLayout.Edge edge) {
    double x0 = x(edge.from());
    double y0 = y(edge.from());
    double x1 = x(edge.to());
    double y1 = y(edge.to());
    if (!direct(edge)) {
      return aroundBoxes(edge);
    } else if (x0 == x1) {
      return "M%s %sV%s".formatted(n(x0 + WIDTH / 2), n(y0 + HEIGHT), n(y1));
    }
    double middle = x1 - GAP_X / 2;
    double from = y0 + HEIGHT / 2;
    double to = y1 + HEIGHT / 2;
    return "M%s %sH%sC%s %s %s %s %s %sH%s"
        .formatted(
            n(x0 + WIDTH),
            n(from),
            n(x1 - GAP_X),
            n(middle),
            n(from),
            n(middle),
            n(to),
            n(x1 - 2),
            n(to),
            n(x1));
  }

  /** Down from the source into its lane, along it, and down beside the column of the target. */
  private String aroundBoxes(GraphLayout.Edge edge) {
    int lane = lanes.getOrDefault(edge.from(), 0);
    double startX = x(edge.from()) + WIDTH / 2;
    double startY = y(edge.from()) + HEIGHT;
    boolean head = cell(edge.from()).zone() == GraphLayout.Zone.HEAD;
    double laneY = head ? bottomOfHead() + 12 + lane * LANE : startY + GAP_Y / 2;
    double side = x(edge.to()) - 9 - (lane % 3) * LANE;
    double endY = y(edge.to()) + HEIGHT / 2;
    double r = 5;
    double turn = side < startX ? -r : r;
    return "M%s %sV%sQ%s %s %s %sH%sQ%s %s %s %sV%sQ%s %s %s %sH%s"
        .formatted(
            n(startX),
            n(startY),
            n(laneY - r),
            n(startX),
            n(laneY),
            n(startX + turn),
            n(laneY),
            n(side - turn),
            n(side),
            n(laneY),
            n(side),
            n(laneY + r),
            n(endY - r),
            n(side),
            n(endY),
            n(side + r),
            n(endY),
            n(x(edge.to())));
  }

  private double bottomOfHead() {
    return layout.cells().keySet().stream()
        .filter(id -> cell(id).zone() == GraphLayout.Zone.HEAD)
        .mapToDouble(id -> y(id) + HEIGHT)
        .max()
        .orElse(0);
  }

  private static String n(double value) {
    return Tag.coordinate(value);
  }
}
