package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import partita.pipelines.report.ReportModel.Cloud;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Round;
import partita.pipelines.report.ReportModel.Scatter;
import partita.schemas.table.PointSampleTable;
import partita.schemas.table.PointTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;

/**
 * Points in the plane, round by round: real ones by the cluster they were assigned to, generated
 * ones by the cluster they were conditioned on.
 */
final class PointScatters {
  /** Points of either kind in the large picture of the last round. */
  private static final int MOST_POINTS = 2000;

  private static final int ROUNDS = 8;

  private PointScatters() {}

  static List<Scatter> collect(RunTables tables) throws IOException {
    Optional<RunTables.Table> train =
        tables.named(PointTable.NAME).stream()
            .filter(table -> table.role().equals(IngestTask.TRAIN))
            .findFirst();
    List<RunTables.Table> samples = StepSamples.bySteps(tables, PointSampleTable.NAME);
    List<Round> rounds = new ArrayList<>();
    for (int index : Evenly.pick(samples.size(), ROUNDS)) {
      RunTables.Table table = samples.get(index);
      int most = index == samples.size() - 1 ? MOST_POINTS : ScatterSection.SMALL_POINTS;
      List<Cloud> clouds = new ArrayList<>();
      if (train.isPresent()) {
        clouds.add(real(tables, train.get(), RoundClusters.of(tables, table), most));
      }
      clouds.add(generated(tables, table, most));
      rounds.add(new Round(title(table.stage()), clouds));
    }
    if (rounds.isEmpty() && train.isPresent()) {
      rounds.add(new Round("", List.of(real(tables, train.get(), Optional.empty(), MOST_POINTS))));
    }
    return rounds.isEmpty() ? List.of() : List.of(scatter(rounds));
  }

  private static Scatter scatter(List<Round> rounds) {
    return new Scatter(
        "Real and generated points",
        "At most %s points of each, evenly spaced by row; both axes at one scale, which the real points decide."
            .formatted(NumberText.count(MOST_POINTS)),
        rounds);
  }

  private static String title(StageName stage) {
    return stage.iterated() ? "step " + NumberText.count(stage.step()) : "";
  }

  private static Cloud real(
      RunTables tables, RunTables.Table train, Optional<RunTables.Table> assigned, int most)
      throws IOException {
    try (TableReader reader = tables.open(train)) {
      int[] clusters = RoundClusters.read(tables, assigned, reader.longs(PointTable.ID));
      return cloud("real", Origin.REAL, reader.floats(PointTable.POINT), clusters, most);
    }
  }

  private static Cloud generated(RunTables tables, RunTables.Table samples, int most)
      throws IOException {
    try (TableReader reader = tables.open(samples)) {
      return cloud(
          "generated",
          Origin.GENERATED,
          reader.floats(PointSampleTable.POINT),
          reader.ints(PointSampleTable.LABEL),
          most);
    }
  }

  private static Cloud cloud(String name, Origin origin, float[] points, int[] clusters, int most) {
    int[] rows = Evenly.pick(clusters.length, most);
    return new Cloud(
        name,
        origin,
        IntStream.of(rows).mapToObj(row -> (double) points[2 * row]).toList(),
        IntStream.of(rows).mapToObj(row -> (double) points[2 * row + 1]).toList(),
        IntStream.of(rows).mapToObj(row -> clusters[row]).toList());
  }
}
