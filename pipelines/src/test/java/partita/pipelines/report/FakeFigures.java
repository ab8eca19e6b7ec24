package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import partita.pipelines.report.ReportModel.Better;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Metric;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Reference;
import partita.pipelines.report.ReportModel.Series;
import partita.pipelines.report.ReportModel.Subject;

/** Curves and metrics of {@link FakeReport}: a training that goes well. */
final class FakeFigures {
  private static final int SEEDS = 5;
  private static final List<Long> STEPS = List.of(0L, 1000L, 2000L, 3000L, 4000L, 5000L);

  private FakeFigures() {}

  static List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    Random random = new Random(1);
    charts.add(
        new Chart(
            Subject.TRAINING,
            "Losses",
            "training step",
            List.of(
                new Series("loss.D", noisy(random, 1.9, 1.2, 0.2)),
                new Series("loss.G", noisy(random, -0.2, 0.55, 0.25)),
                new Series("loss.D.real", noisy(random, 1.0, 0.62, 0.1)),
                new Series("loss.D.fake", noisy(random, 0.9, 0.58, 0.1))),
            List.of()));
    charts.add(
        new Chart(
            Subject.TRAINING,
            "Classifier",
            "training step",
            List.of(
                new Series("loss", noisy(random, 2.3, 0.18, 0.1)),
                new Series("accuracy", noisy(random, 0.1, 0.93, 0.02))),
            List.of()));
    charts.add(metric("fid(fashion-classifier)", 412, 71, 9, 1.84));
    charts.add(metric("is(fashion-classifier)", 1.2, 7.4, 0.2, 9.21));
    charts.add(
        new Chart(
            Subject.METRIC,
            "precision and recall(fashion-classifier)",
            "training step",
            List.of(
                new Series("precision", series(0.02, 0.71, 0.02)),
                new Series("recall", series(0.0, 0.38, 0.015))),
            List.of(new Reference("real vs. real", 0.88))));
    charts.addAll(FakeClusters.charts());
    return charts;
  }

  private static Chart metric(String name, double first, double last, double std, double real) {
    return new Chart(
        Subject.METRIC,
        name,
        "training step",
        List.of(new Series("generated", series(first, last, std))),
        List.of(new Reference("real vs. real", real)));
  }

  private static List<Point> series(double first, double last, double std) {
    return STEPS.stream()
        .map(
            step -> {
              double value = last + (first - last) * Math.exp(-step / 1100.0);
              return new Point(step, value, value - std, value + std);
            })
        .toList();
  }

  private static List<Point> noisy(Random random, double first, double last, double noise) {
    List<Point> points = new ArrayList<>();
    for (int step = 10; step <= 5000; step += 20) {
      double value =
          last + (first - last) * Math.exp(-step / 600.0) + noise / 3 * random.nextGaussian();
      points.add(
          new Point(
              step,
              value,
              value - noise * random.nextDouble(),
              value + noise * random.nextDouble()));
    }
    return points;
  }

  static List<Metric> metrics() {
    String network = "fashion-classifier, trained in this run (digest 4f1c20ab)";
    return List.of(
        metric(
            "fid(fashion-classifier)",
            network,
            Better.LOWER,
            71.35,
            1.92,
            1.84,
            412.7,
            "10.4",
            "miniature"),
        metric(
            "is(fashion-classifier)",
            network,
            Better.HIGHER,
            7.41,
            0.06,
            9.21,
            1.21,
            "",
            "not comparable"),
        metric(
            "precision(fashion-classifier)",
            network,
            Better.HIGHER,
            0.712,
            0.011,
            0.883,
            0.021,
            "",
            "not comparable"),
        metric(
            "recall(fashion-classifier)",
            network,
            Better.HIGHER,
            0.381,
            0.009,
            0.879,
            0.0,
            "",
            "not comparable"),
        metric(
            "feature-diversity(fashion-classifier)",
            network,
            Better.HIGHER,
            0.442,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            "",
            "not comparable"));
  }

  private static Metric metric(
      String name,
      String network,
      Better better,
      double mean,
      double std,
      double real,
      double first,
      String paper,
      String verdict) {
    return new Metric(
        name,
        network,
        "float64 moments, n - 1, 10,000 samples a seed",
        better,
        5000,
        mean,
        std,
        SEEDS,
        60_000,
        10_000,
        real,
        5,
        mean,
        mean / 100,
        0,
        first,
        paper,
        verdict);
  }
}
