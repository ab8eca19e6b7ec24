package partita.transforms.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.metric.ModeCoverage;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;
import partita.models.synthetic.GaussianMixture;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.PointSampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.PointIngest;
import partita.transforms.dataset.PointMixture;
import partita.transforms.row.TaskRun;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

class PointTasksTest {
  private static final String HALF_SEEN = "grid, 50 points";

  private TaskRun tasks;

  @BeforeEach
  void openStore(@TempDir Path root) throws IOException {
    tasks = new TaskRun(root);
  }

  @Test
  void everySampleIsScoredAndTheProtocolSaysHowMany() throws Exception {
    Map<String, MetricRows.Row> rows =
        read(tasks.run(new ScorePointsTask(PointMixture.GRID, 7), samples(5, 50)));
    assertEquals(5, rows.size());
    assertEquals(5, rows.get("modes").value());
    assertEquals(100, rows.get("high-quality(box)").value());
    assertEquals(100, rows.get("high-quality(radius)").value());
    assertEquals(Math.log(5), rows.get("reverse-kl(ln)").value(), 1e-12);
    assertEquals(Math.log10(5), rows.get("reverse-kl(log10)").value(), 1e-12);
    for (MetricRows.Row row : rows.values()) {
      assertEquals(50, row.generatedCount());
      assertEquals(0, row.realCount());
      assertEquals(7, row.seed());
      assertEquals(HALF_SEEN, row.protocol());
      assertEquals("", row.network());
    }
  }

  @Test
  void realPointsAreTheCeilingAndComeFromValidationWhereThereAreEnough() throws Exception {
    Map<String, Manifest> ingest =
        Map.of("real", tasks.run(new PointIngest(PointMixture.GRID, 900, 400, 500), Map.of()));
    Map<String, MetricRows.Row> rows =
        read(tasks.run(new PointCeilingTask(PointMixture.GRID, 400), ingest));
    assertEquals(25, rows.get("modes").value());
    assertTrue(rows.get("high-quality(box)").value() > 98);
    assertEquals(reverseKl(900, 400), rows.get("reverse-kl(ln)").value(), "validation");
    assertEquals("real-points, grid, 400 points", rows.get("modes").protocol());
    assertEquals(400, rows.get("modes").realCount());
    assertEquals(0, rows.get("modes").generatedCount());
    Map<String, MetricRows.Row> more =
        read(tasks.run(new PointCeilingTask(PointMixture.GRID, 900), ingest));
    assertEquals(reverseKl(0, 900), more.get("reverse-kl(ln)").value(), "train");
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> tasks.run(new PointCeilingTask(PointMixture.GRID, 901), ingest));
    assertEquals(
        "Cannot score 901 real points: artifact test has 400 for validation and 900 for training; ingest more or score fewer",
        error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new PointCeilingTask(PointMixture.GRID, 0));
  }

  /** Of the points from an id, as the ingestion draws them. */
  private static double reverseKl(int first, int count) {
    float[] values = new float[2 * count];
    for (int i = 0; i < count; i++) {
      GaussianMixture.Point point = GaussianMixture.grid().point(1, first + i);
      values[2 * i] = point.x();
      values[2 * i + 1] = point.y();
    }
    RowSource points = new ArrayRows(values, 2);
    return ModeCoverage.of(points, GaussianMixture.grid()).nearest().reverseKl();
  }

  /** The last checkpoints of a run, and the ceiling that is no repetition of them. */
  @Test
  void checkpointsAreAveragedAndTheCeilingStaysByItself() throws Exception {
    Map<String, Manifest> figures = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      figures.put(
          "evaluate@" + (i + 1) * 100 + ".0",
          tasks.run(new ScorePointsTask(PointMixture.GRID, 7), samples(5 + 10 * i, 50)));
    }
    Manifest real = tasks.run(new PointIngest(PointMixture.GRID, 400, 1, 500), Map.of());
    figures.put(
        "ceiling", tasks.run(new PointCeilingTask(PointMixture.GRID, 400), Map.of("real", real)));
    List<MetricRows.Row> summary = rows(tasks.run(new SummarizeTask(), figures));
    assertEquals(10, summary.size());
    Map<String, MetricRows.Row> modes =
        summary.stream()
            .filter(row -> row.metric().equals("modes"))
            .collect(Collectors.toMap(MetricRows.Row::protocol, row -> row));
    assertEquals(15, modes.get(HALF_SEEN).value());
    assertEquals(10, modes.get(HALF_SEEN).std());
    assertEquals(25, modes.get("real-points, grid, 400 points").value());
  }

  @Test
  void clustersAreScoredAgainstTheRoundBeforeAndTheTruth() throws Exception {
    List<Integer> clusters = List.of(0, 0, 0, 1, 1, 1);
    List<Integer> previous = List.of(1, 1, 1, 0, 0, 0);
    List<Integer> classes = List.of(0, 0, 1, 1, 2, 2);
    Map<String, MetricRows.Row> rows =
        read(tasks.run(new WriteClusters(clusters, previous, classes), Map.of()));
    assertEquals(1, rows.get("nmi(previous)").value());
    assertEquals(4 / 6.0, rows.get("purity(truth)").value());
    assertEquals(5 / 6.0, rows.get("purity-classes(truth)").value());
    double information = 2.0 / 3 * Math.log(2);
    double geometric = information / Math.sqrt(Math.log(2) * Math.log(3));
    assertEquals(
        2 * information / (Math.log(2) + Math.log(3)), rows.get("nmi(truth)").value(), 1e-12);
    assertEquals(geometric, rows.get("nmi-geometric(truth)").value(), 1e-12);
    assertEquals(6, rows.get("nmi(truth)").realCount());
    Manifest first = tasks.run(new WriteClusters(clusters, List.of(), List.of()), Map.of());
    assertEquals(List.of(), rows(first), "a first round of unlabeled data");
  }

  /** What a stage that clusters does with its figures. */
  private record WriteClusters(
      List<Integer> clusters, List<Integer> previous, List<Integer> classes) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws IOException {
      ClusterRows rows = new ClusterRows(labels(clusters));
      if (!previous.isEmpty()) {
        rows.previous(labels(previous));
      }
      if (!classes.isEmpty()) {
        rows.truth(labels(classes));
      }
      return ShardResult.of(rows.write(context));
    }

    private static int[] labels(List<Integer> labels) {
      return labels.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** Points on some of the means of the grid in turn. */
  private Map<String, Manifest> samples(int modes, int count) throws IOException {
    GaussianMixture grid = GaussianMixture.grid();
    float[] points = new float[2 * count];
    for (int i = 0; i < count; i++) {
      points[2 * i] = (float) grid.means().get(i % modes).x();
      points[2 * i + 1] = (float) grid.means().get(i % modes).y();
    }
    return Map.of(
        "samples",
        tasks.table(
            "samples",
            PointSampleTable.schema(2),
            count,
            LongStream.range(0, count).toArray(),
            new int[count],
            new float[2 * count],
            points));
  }

  private Map<String, MetricRows.Row> read(Manifest manifest) throws IOException {
    return rows(manifest).stream().collect(Collectors.toMap(MetricRows.Row::metric, row -> row));
  }

  private List<MetricRows.Row> rows(Manifest manifest) throws IOException {
    try (TableReader table = tasks.open(manifest, "metrics")) {
      return MetricRows.read(table);
    }
  }
}
