package partita.pipelines.report;

import java.util.List;

/** Draws the graph of stages as SVG: boxes with status and duration, and the edges between them. */
final class GraphSection {
  private static final int NAME_CHARACTERS = 21;

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
    String seconds = Double.isNaN(box.seconds()) ? "" : " · " + NumberText.seconds(box.seconds());
    Tag group =
        Tag.of("g", "box " + mark.style())
            .with("data-id", box.id())
            .add(
                Tag.of("title").text(box.title() + ": " + box.statusText() + seconds + reason(box)),
                Tag.of("rect")
                    .with("x", x)
                    .with("y", y)
                    .with("width", GraphGeometry.WIDTH)
                    .with("height", GraphGeometry.HEIGHT)
                    .with("rx", 7),
                text("name", x + 12, y + 18, shorten(box.label())),
                mark.icon(x + 12, y + 25),
                text("state", x + 29, y + 35, box.statusText() + seconds));
    if (box.members().size() > 1) {
      Tag seeds = text("state", x + GraphGeometry.WIDTH - 10, y + 35, "×" + box.members().size());
      group.add(seeds.with("text-anchor", "end"));
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

  private static String shorten(String name) {
    return name.length() <= NAME_CHARACTERS ? name : name.substring(0, NAME_CHARACTERS - 1) + "…";
  }
}
