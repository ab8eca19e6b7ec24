package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Series;
import partita.pipelines.report.ReportModel.Subject;
import partita.schemas.table.CurveTable;
import partita.schemas.table.TableReader;

/**
 * Curves of trainings and of clusterings. The segments of one training make one curve; series of
 * different meaning get charts of their own, as they share no scale.
 */
final class TrainingCharts {
  /** More points than this are summed up: a chart is about 400 pixels wide. */
  private static final int MOST_POINTS = 400;

  private static final String ITERATION = "kmeans.";

  private TrainingCharts() {}

  /** Series that share a chart. */
  private record Panel(String training, String family) {}

  /**
   * Collects the curves of all artifacts.
   *
   * @param unfinished what is known of segments without an artifact, drawn after the others
   */
  static List<Chart> collect(RunTables tables, List<WatchedCurves.Curve> unfinished)
      throws IOException {
    Map<Panel, Map<String, List<Point>>> panels = new LinkedHashMap<>();
    List<RunTables.Table> curves = new ArrayList<>(tables.named(CurveTable.NAME));
    // Stable: segments of a training by step, everything else as the run has it.
    curves.sort(Comparator.comparingLong(table -> table.stage().step()));
    for (RunTables.Table table : curves) {
      try (TableReader reader = tables.open(table)) {
        read(reader, table.stage().kind(), panels);
      }
    }
    for (WatchedCurves.Curve curve : unfinished) {
      curve
          .series()
          .forEach((name, points) -> points(curve.stage().kind(), name, panels).addAll(points));
    }
    List<Chart> charts = new ArrayList<>();
    panels.forEach((panel, series) -> charts.add(chart(panel, series)));
    return charts;
  }

  private static void read(
      TableReader reader, String training, Map<Panel, Map<String, List<Point>>> panels)
      throws IOException {
    long[] steps = reader.longs(CurveTable.STEP);
    double[] values = reader.doubles(CurveTable.VALUE);
    for (int i = 0; i < steps.length; i++) {
      points(training, reader.text(CurveTable.SERIES, i), panels)
          .add(new Point(steps[i], values[i], values[i], values[i]));
    }
  }

  private static List<Point> points(
      String training, String series, Map<Panel, Map<String, List<Point>>> panels) {
    return panels
        .computeIfAbsent(new Panel(training, family(series)), absent -> new TreeMap<>())
        .computeIfAbsent(series, absent -> new ArrayList<>());
  }

  /** {@code D.real} and {@code D.fake} belong together, losses (named without a dot) do. */
  private static String family(String series) {
    int dot = series.indexOf('.');
    if (dot >= 0) {
      return series.substring(0, dot);
    }
    return series.equals("accuracy") ? series : "loss";
  }

  private static Chart chart(Panel panel, Map<String, List<Point>> series) {
    boolean iterations = series.keySet().stream().allMatch(name -> name.startsWith(ITERATION));
    return new Chart(
        Subject.TRAINING,
        panel.training() + ": " + String.join(", ", series.keySet()),
        iterations ? "iteration" : "training step",
        series.entrySet().stream()
            .map(one -> new Series(one.getKey(), thin(one.getValue())))
            .toList(),
        List.of());
  }

  /** Means and extremes of as many neighboring points as it takes. */
  static List<Point> thin(List<Point> points) {
    int bucket = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    if (bucket <= 1) {
      return points;
    }
    List<Point> thinned = new ArrayList<>();
    for (int start = 0; start < points.size(); start += bucket) {
      List<Point> few = points.subList(start, Math.min(points.size(), start + bucket));
      thinned.add(
          new Point(
              few.get(few.size() - 1).step(),
              few.stream().mapToDouble(Point::value).average().orElseThrow(),
              few.stream().mapToDouble(Point::low).min().orElseThrow(),
              few.stream().mapToDouble(Point::high).max().orElseThrow()));
    }
    return thinned;
  }
}
