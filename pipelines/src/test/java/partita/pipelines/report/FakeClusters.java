package partita.pipelines.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import partita.pipelines.report.ReportModel.Chart;
import partita.pipelines.report.ReportModel.Cloud;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Point;
import partita.pipelines.report.ReportModel.Round;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Scatter;
import partita.pipelines.report.ReportModel.Series;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Subject;
import partita.pipelines.report.ReportModel.Tile;

/** Made-up parts of a report on 50 clusters of a grid of 25 modes, in 8 rounds. */
final class FakeClusters {
  private static final int ROUNDS = 8;
  private static final int STEPS = 2500;
  private static final int CLUSTERS = 50;

  private FakeClusters() {}

  /** Clusters that settle, and a generator that finds their modes one by one. */
  static Scatter scatter() {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      double unsettled = i == 0 ? 1 : Math.exp(-0.8 * i);
      int count = i == ROUNDS - 1 ? 2000 : 600;
      int modes = Math.min(25, 1 + 4 * i);
      rounds.add(
          new Round(
              "step " + NumberText.count((long) i * STEPS),
              List.of(
                  grid("real", Origin.REAL, count, 25, 0.05, unsettled),
                  grid("generated", Origin.GENERATED, count, modes, 0.05 + unsettled, 0.1))));
    }
    return new Scatter("Real and generated points", "A made-up grid.", rounds);
  }

  private static Cloud grid(
      String name, Origin origin, int count, int modes, double sigma, double unsettled) {
    Random random = new Random(modes);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    List<Integer> clusters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int mode = i % modes;
      double dx = random.nextGaussian();
      x.add(mode / 5 * 2 - 4 + sigma * dx);
      y.add(mode % 5 * 2 - 4 + sigma * random.nextGaussian());
      int own = (mode + (dx < 0 ? 0 : 25)) * 7 % CLUSTERS;
      clusters.add(random.nextDouble() < unsettled ? mode / 5 : own);
    }
    return new Cloud(name, origin, x, y, clusters);
  }

  static List<Chart> charts() {
    return List.of(
        new Chart(
            Subject.CLUSTERS,
            "nmi of the clusters",
            "training step",
            List.of(
                series("nmi(truth)", 0, i -> 0.93 - 0.5 * Math.exp(-i)),
                series("nmi-geometric(truth)", 0, i -> 0.94 - 0.5 * Math.exp(-i)),
                series("nmi(previous)", 1, i -> 0.98 - 0.6 * Math.exp(-i))),
            List.of()),
        new Chart(
            Subject.CLUSTERS,
            "purity of the clusters",
            "training step",
            List.of(
                series("purity(truth)", 0, i -> 0.99 - 0.6 * Math.exp(-i)),
                series("purity-classes(truth)", 0, i -> 0.55 - 0.2 * Math.exp(-i))),
            List.of()),
        new Chart(
            Subject.CLUSTERS,
            "clusters reseeded",
            "training step",
            List.of(series("reseeded", 0, i -> i == 2 ? 3 : 0)),
            List.of()),
        new Chart(
            Subject.CLUSTERS,
            "cluster sizes",
            "training step",
            List.of(
                new Series(
                    "rows in the median cluster",
                    LongStream.range(0, ROUNDS)
                        .mapToObj(i -> new Point(i * STEPS, 1980, 40 + 100 * i, 4200 - 200 * i))
                        .toList())),
            List.of()));
  }

  private static Series series(String name, int first, DoubleUnaryOperator value) {
    List<Point> points = new ArrayList<>();
    for (int i = first; i < ROUNDS; i++) {
      double at = value.applyAsDouble(i);
      points.add(new Point((double) i * STEPS, at, at, at));
    }
    return new Series(name, points);
  }

  static Sheet sheet() {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < 6; row++) {
      List<Tile> tiles = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Origin origin = i < 5 ? Origin.REAL : Origin.GENERATED;
        tiles.add(FakeReport.picture(origin, "", row, 20 + i));
      }
      rows.add(new Row("cluster %d: %s".formatted(row * 7, 1250 - 130 * row), tiles));
    }
    List<String> columns = new ArrayList<>(Collections.nCopies(10, ""));
    columns.set(0, "real");
    columns.set(5, "generated");
    return new Sheet("Clusters at step 5,000", "The 6 largest of 50 clusters.", columns, rows);
  }
}
