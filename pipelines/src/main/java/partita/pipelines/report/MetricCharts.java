package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Reference;
import partita.pipelines.report.ReportModel.Series;
import partita.pipelines.report.ReportModel.Subject;

/** Each metric of the samples by training step, beside the same of real images. */
final class MetricCharts {
  private MetricCharts() {}

  static List<Chart> of(MetricValues values) {
    List<Chart> charts = new ArrayList<>();
    for (String metric : values.metrics()) {
      List<Point> points =
          values.steps(metric).stream()
              .map(step -> point(step, Spread.of(values.at(metric, step))))
              .toList();
      if (points.size() > 1) {
        double real = values.realToReal(metric);
        charts.add(
            new Chart(
                Subject.METRIC,
                metric,
                "training step",
                List.of(new Series("generated", points)),
                Double.isNaN(real) ? List.of() : List.of(new Reference("real vs. real", real))));
      }
    }
    return charts;
  }

  private static Point point(long step, Spread spread) {
    double std = Double.isNaN(spread.std()) ? 0 : spread.std();
    return new Point(step, spread.mean(), spread.mean() - std, spread.mean() + std);
  }
}
