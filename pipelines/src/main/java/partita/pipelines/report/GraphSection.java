package partita.pipelines.report;

import java.util.List;

/** Draws the graph of stages as SVG: boxes with status and duration, and the edges between them. */
final class GraphSection {
  /** As many characters fit in any font. */
  private static final int NAME_CHARACTERS = 19;

  private static final int STATE_CHARACTERS = 18;
  private static final double NAME_WIDTH = GraphGeometry.WIDTH - 22;
  private static final double STATE_WIDTH = GraphGeometry.WIDTH - 39;

  /** Room for the number of seeds. */
  private static final double SEEDS_WIDTH = 24;

  private static final int MOST_CHARACTERS = 26;

  private final GraphLayout layout;
  private final GraphGeometry geometry;

  GraphSection(List<ReportModel.Stage> stages) {
    layout = new GraphLayout(StageBox.fold(stages));
    geometry = new GraphGeometry(layout);
  }

  Tag draw() {
    EdgePath paths = new EdgePath(geometry);
    Tag svg =
        Tag.of("svg", "graph")
            .with("width", geometry.width())
            .with("height", geometry.height())
            .with("role", "img")
            .with("aria-label", "Graph of stages");
    for (GraphLayout.Edge edge : layout.edges()) {
      svg.add(
          Tag.of("path", "edge")
              .with("data-from", edge.from())
              .with("data-to", edge.to())
              .with("d", paths.of(edge)));
    }
    layout.boxes().values().forEach(box -> svg.add(box(box)));
    return Tag.of("div", "scroll").with("tabindex", "0").add(svg);
  }

  private Tag box(StageBox box) {
    StatusMark mark = StatusMark.of(box.status());
    double x = geometry.left(box.id());
    double y = geometry.top(box.id());
    String state = box.statusText() + box.durationText();
    boolean seeds = box.members().size() > 1;
    int stateCharacters = seeds ? STATE_CHARACTERS : STATE_CHARACTERS + 4;
    double stateWidth = seeds ? STATE_WIDTH - SEEDS_WIDTH : STATE_WIDTH;
    Tag group =
        Tag.of("g", "box " + mark.style())
            .with("data-id", box.id())
            .add(
                Tag.of("title").text(box.title() + ": " + state + reason(box)),
                Tag.of("rect")
                    .with("x", x)
                    .with("y", y)
                    .with("width", GraphGeometry.WIDTH)
                    .with("height", GraphGeometry.HEIGHT)
                    .with("rx", 7),
                squeezed("name", x + 12, y + 18, shorten(box.label()), NAME_CHARACTERS, NAME_WIDTH),
                mark.icon(x + 12, y + 25),
                squeezed("state", x + 29, y + 35, state, stateCharacters, stateWidth));
    if (seeds) {
      Tag count = text("state", x + GraphGeometry.WIDTH - 10, y + 35, "×" + box.members().size());
      group.add(count.with("text-anchor", "end"));
    }
    return group;
  }

  private static Tag text(String style, double x, double y, String text) {
    return Tag.of("text", style).with("x", x).with("y", y).text(text);
  }

  private static String reason(StageBox box) {
    return box.members().stream()
        .map(ReportModel.Stage::reason)
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .map(reason -> "\n" + reason)
        .orElse("");
  }

  /** A long name loses its middle: step and seed are at its end. */
  private static String shorten(String name) {
    int tail = MOST_CHARACTERS / 2;
    return name.length() <= MOST_CHARACTERS
        ? name
        : name.substring(0, tail - 1) + "…" + name.substring(name.length() - tail);
  }

  /** Text that is made to fit when it has more characters than surely do. */
  private static Tag squeezed(
      String style, double x, double y, String text, int characters, double width) {
    Tag tag = text(style, x, y, text);
    return text.length() <= characters
        ? tag
        : tag.with("textLength", width).with("lengthAdjust", "spacingAndGlyphs");
  }
}
