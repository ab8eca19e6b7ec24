package partita.pipelines.report;

import partita.pipelines.dag.StageStatus;

/**
 * How a status looks: never by color alone.
 *
 * @param word what it is called
 * @param style CSS class that colors it
 * @param path outline of its icon in a 12 x 12 square
 */
record StatusMark(String word, String style, String path) {

  static StatusMark of(StageStatus status) {
    return switch (status) {
      case RAN -> new StatusMark("ran", "ran", "M2 6.5 L5 9.5 L10.5 3");
      case CACHED -> new StatusMark("cached", "cached", "M2 3.5 H10 M2 6.5 H10 M2 9.5 H10");
      case CUT_OFF -> new StatusMark("cut off", "cached", "M2 6 H7 M7 2.5 V9.5 M10 2.5 V9.5");
      case FAILED -> new StatusMark("failed", "failed", "M2.5 2.5 L9.5 9.5 M9.5 2.5 L2.5 9.5");
      case INTERRUPTED -> new StatusMark("interrupted", "stopped", "M4 2.5 V9.5 M8 2.5 V9.5");
      case RUNNING -> new StatusMark("running", "stopped", "M3.5 2 L9.5 6 L3.5 10 Z");
      case PENDING -> new StatusMark("not run", "idle", "M2.5 6 H9.5");
      case SKIPPED -> new StatusMark("not run", "idle", "M2.5 6 H9.5");
    };
  }

  /** The icon with its corner at a point of an SVG. */
  Tag icon(double x, double y) {
    return Tag.of("path", "icon " + style)
        .with("transform", "translate(" + Tag.coordinate(x) + " " + Tag.coordinate(y) + ")")
        .with("d", path);
  }

  /** The icon as an SVG of its own, for running text. */
  Tag inline() {
    return Tag.of("svg", "mark")
        .with("viewBox", "0 0 12 12")
        .with("aria-hidden", "true")
        .add(icon(0, 0));
  }
}
