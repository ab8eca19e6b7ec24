package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import partita.pipelines.report.ReportModel.Cloud;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Scatter;
import partita.schemas.table.PointTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;
import partita.transforms.gan.SampleTask;

/** Points in the plane: real ones, and the last generated ones over them. */
final class PointScatters {
  private static final int MOST_POINTS = 2000;

  private PointScatters() {}

  static List<Scatter> collect(RunTables tables) throws IOException {
    List<RunTables.Table> points = tables.named(PointTable.NAME);
    List<Cloud> clouds = new ArrayList<>();
    for (RunTables.Table table : points) {
      if (table.role().equals(IngestTask.TRAIN)) {
        clouds.add(cloud(tables, table, "real", Origin.REAL));
        break;
      }
    }
    RunTables.Table last = null;
    for (RunTables.Table table : points) {
      boolean later = last == null || table.stage().step() > last.stage().step();
      if (table.role().equals(SampleTask.SAMPLES) && later) {
        last = table;
      }
    }
    if (last != null) {
      clouds.add(cloud(tables, last, "generated", Origin.GENERATED));
    }
    return clouds.isEmpty()
        ? List.of()
        : List.of(
            new Scatter(
                "Points",
                "At most %s points of each, evenly spaced by row."
                    .formatted(NumberText.count(MOST_POINTS)),
                clouds));
  }

  private static Cloud cloud(RunTables tables, RunTables.Table table, String name, Origin origin)
      throws IOException {
    try (TableReader reader = tables.open(table)) {
      float[] points = reader.floats(PointTable.POINT);
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int row : Evenly.pick(points.length / 2, MOST_POINTS)) {
        x.add((double) points[2 * row]);
        y.add((double) points[2 * row + 1]);
      }
      return new Cloud(name, origin, x, y);
    }
  }
}
