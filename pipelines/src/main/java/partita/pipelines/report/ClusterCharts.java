package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Series;
import partita.pipelines.report.ReportModel.Subject;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.TableReader;
import partita.transforms.gan.ReclusterTask;

/**
 * How the clusters change from round to round: their agreement with the round before and with the
 * true classes, how many starved and were reseeded, and their sizes.
 */
final class ClusterCharts {
  private ClusterCharts() {}

  static List<Chart> collect(RunTables tables, MetricValues values) throws IOException {
    List<Chart> charts = new ArrayList<>();
    agreement(values).forEach((title, series) -> add(charts, title, series));
    add(charts, "clusters reseeded", List.of(new Series("reseeded", reseeded(tables))));
    add(charts, "cluster sizes", List.of(new Series("rows in the median cluster", sizes(tables))));
    return charts;
  }

  /** One round is no curve. */
  private static void add(List<Chart> charts, String title, List<Series> series) {
    if (series.stream().anyMatch(one -> one.points().size() > 1)) {
      charts.add(new Chart(Subject.CLUSTERS, title, "training step", series, List.of()));
    }
  }

  /** Metrics of one family, {@code nmi(truth)} and {@code nmi-geometric(truth)}, share a chart. */
  private static Map<String, List<Series>> agreement(MetricValues values) {
    Map<String, List<Series>> charts = new TreeMap<>();
    List<String> metrics =
        values.ofClusters().stream().map(MetricValues.Value::metric).distinct().toList();
    for (String metric : metrics) {
      List<Point> points = new ArrayList<>();
      for (MetricValues.Value value : values.ofClusters()) {
        if (value.metric().equals(metric)) {
          points.add(point(value.stage().step(), value.value()));
        }
      }
      String family = metric.split("[-(]", 2)[0];
      charts
          .computeIfAbsent(family + " of the clusters", absent -> new ArrayList<>())
          .add(new Series(metric, rising(points)));
    }
    return charts;
  }

  private static List<Point> reseeded(RunTables tables) {
    List<Point> points = new ArrayList<>();
    for (Map.Entry<String, Manifest> artifact : tables.artifacts().entrySet()) {
      StageName stage = StageName.parse(artifact.getKey());
      String count = artifact.getValue().facts().get(ReclusterTask.RESEEDED);
      if (stage.iterated() && count != null) {
        points.add(point(stage.step(), Double.parseDouble(count)));
      }
    }
    return rising(points);
  }

  /** The median size, between the smallest and the largest. */
  private static List<Point> sizes(RunTables tables) throws IOException {
    List<Point> points = new ArrayList<>();
    for (RunTables.Table table : tables.named(CentroidTable.NAME)) {
      if (table.stage().iterated() && table.rows() > 0) {
        try (TableReader reader = tables.open(table)) {
          long[] sizes = reader.longs(CentroidTable.SIZE);
          Arrays.sort(sizes);
          points.add(
              new Point(
                  table.stage().step(),
                  sizes[sizes.length / 2],
                  sizes[0],
                  sizes[sizes.length - 1]));
        }
      }
    }
    return rising(points);
  }

  private static Point point(long step, double value) {
    return new Point(step, value, value, value);
  }

  private static List<Point> rising(List<Point> points) {
    points.sort((one, other) -> Double.compare(one.step(), other.step()));
    return points;
  }
}
