package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws when each stage ran: a row for each box of the graph, a bar for each stage in it. Of a run
 * in which nothing ran, the durations of the earlier runs, one after the other.
 */
final class TimelineSection {
  private static final double LABELS = 186;
  private static final double PLOT = 796;
  private static final double NUMBERS = 92;
  private static final double ROW = 22;
  private static final double TOP = 24;

  private final List<StageBox> boxes;
  private final boolean earlier;

  /** Seconds after the start of the run at which the last stage ended. */
  private final double end;

  TimelineSection(List<ReportModel.Stage> stages) {
    List<ReportModel.Stage> ran = stages.stream().filter(TimelineSection::ran).toList();
    earlier = ran.isEmpty();
    if (earlier) {
      ran = earlier(stages);
    }
    boxes = StageBox.fold(ran);
    end = ran.stream().mapToDouble(stage -> stage.start() + stage.seconds()).max().orElse(1);
  }

  private static List<ReportModel.Stage> earlier(List<ReportModel.Stage> stages) {
    List<ReportModel.Stage> laid = new ArrayList<>();
    double start = 0;
    for (ReportModel.Stage stage : stages) {
      if (Double.isFinite(stage.earlierSeconds())) {
        laid.add(stage.at(start, stage.earlierSeconds()));
        start += stage.earlierSeconds();
      }
    }
    return laid;
  }

  private static boolean ran(ReportModel.Stage stage) {
    return Double.isFinite(stage.start()) && Double.isFinite(stage.seconds());
  }

  String caption() {
    return earlier
        ? "Nothing ran in this run: these are the durations of the runs that made the artifacts, laid end to end."
        : "";
  }

  boolean empty() {
    return boxes.isEmpty();
  }

  Tag draw() {
    double bottom = TOP + boxes.size() * ROW;
    Scale scale = Scale.of(end);
    Axis axis = Axis.tight(0, end / scale.seconds(), LABELS, LABELS + PLOT, 8);
    Tag svg =
        Tag.of("svg", "timeline")
            .with("width", LABELS + PLOT + NUMBERS)
            .with("height", bottom + 6)
            .with("role", "img")
            .with("aria-label", "Timeline of the stages that ran");
    for (double tick : axis.ticks()) {
      double x = axis.pixel(tick);
      svg.add(line("grid", x, TOP - 4, x, bottom));
      svg.add(
          Tag.of("text", "tick")
              .with("x", x)
              .with("y", 12)
              .with("text-anchor", "middle")
              .text(axis.label(tick) + (tick == 0 ? "" : " " + scale.unit())));
    }
    for (int i = 0; i < boxes.size(); i++) {
      svg.add(row(boxes.get(i), TOP + i * ROW, axis, scale.seconds()));
    }
    return Tag.of("div", "scroll").with("tabindex", "0").add(svg);
  }

  private static List<Tag> row(StageBox box, double y, Axis axis, double unit) {
    List<Tag> tags = new ArrayList<>();
    tags.add(
        Tag.of("text", "label")
            .with("x", LABELS - 10)
            .with("y", y + 14)
            .with("text-anchor", "end")
            .text(box.title()));
    double end = 0;
    for (ReportModel.Stage stage : box.members()) {
      double x = axis.pixel(stage.start() / unit);
      double width = Math.max(2, axis.pixel((stage.start() + stage.seconds()) / unit) - x);
      end = Math.max(end, x + width);
      tags.add(
          Tag.of("rect", "bar " + StatusMark.of(stage.status()).style())
              .with("x", x)
              .with("y", y + 4)
              .with("width", width)
              .with("height", ROW - 8)
              .with("rx", 2)
              .add(
                  Tag.of("title")
                      .text(
                          stage.name()
                              + ": "
                              + NumberText.seconds(stage.seconds())
                              + ", from "
                              + NumberText.seconds(stage.start()))));
    }
    tags.add(
        Tag.of("text", "value")
            .with("x", end + 6)
            .with("y", y + 14)
            .text(NumberText.seconds(box.seconds())));
    return tags;
  }

  private static Tag line(String style, double x0, double y0, double x1, double y1) {
    return Tag.of("line", style).with("x1", x0).with("y1", y0).with("x2", x1).with("y2", y1);
  }

  /** The unit in which the axis counts. */
  private record Scale(double seconds, String unit) {
    static Scale of(double span) {
      return span < 180
          ? new Scale(1, "s")
          : span < 10_800 ? new Scale(60, "min") : new Scale(3600, "h");
    }
  }
}
