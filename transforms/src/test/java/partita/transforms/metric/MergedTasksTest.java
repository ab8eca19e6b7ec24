package partita.transforms.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.metric.Manifold;
import partita.models.metric.Moments;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.SelectedRows;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.RadiusTable;
import partita.schemas.table.TableReader;
import partita.transforms.row.TableRows;
import partita.transforms.row.TaskRun;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardTask;

/** However the rows are cut into shards, and whichever shard is first, no bit changes. */
class MergedTasksTest {
  private static final int WIDTH = 3;
  private static final int K = 4;
  private static final int ALL = Integer.MAX_VALUE;

  private TaskRun tasks;

  @BeforeEach
  void openStore(@TempDir Path root) throws IOException {
    tasks = new TaskRun(root);
  }

  /** 25,000 rows are seven blocks. */
  @ParameterizedTest
  @CsvSource({"7, 1", "3, 3", "1, 7"})
  void momentsAreThoseOfAllRows(int blocksPerShard, int shards) throws Exception {
    MomentsTask task = new MomentsTask("train", blocksPerShard);
    Map<String, Manifest> inputs = features(25_000);
    assertEquals(shards, task.shards(new ShardInputs(inputs, Map.of())));
    Manifest written = tasks.run(task, inputs, 1, true);
    Moments expected = Moments.of(new ArrayRows(values(25_000), WIDTH));
    try (TableReader table = tasks.open(written, MomentsTask.MOMENTS)) {
      assertEquals(7, table.rows());
      Moments found = MomentsTask.read(table);
      assertEquals(25_000, found.count());
      assertArrayEquals(expected.mean(), found.mean());
      assertArrayEquals(expected.scatter(), found.scatter());
    }
  }

  @ParameterizedTest
  @CsvSource({"3500, 1", "1200, 3", "500, 7"})
  void radiiAreThoseOfAllRows(int rowsPerShard, int shards) throws Exception {
    RadiiTask task = new RadiiTask("train", K, ALL, rowsPerShard);
    Map<String, Manifest> inputs = features(3500);
    assertEquals(shards, task.shards(new ShardInputs(inputs, Map.of())));
    Manifest written = tasks.run(task, inputs, 1, true);
    Manifold expected = Manifold.of(new ArrayRows(values(3500), WIDTH), K);
    try (TableReader table = tasks.open(written, RadiiTask.RADII);
        TableReader features = tasks.open(inputs.get(MomentsTask.FEATURES), "train")) {
      Manifold found = RadiiTask.read(new TableRows(features, FeatureTable.FEATURE), table, K, ALL);
      assertArrayEquals(expected.squaredRadii(), found.squaredRadii());
    }
  }

  @ParameterizedTest
  @CsvSource({"30", "70"})
  void radiiOfASubsetAreThoseOfItsRowsAlone(int rowsPerShard) throws Exception {
    Map<String, Manifest> inputs = features(300);
    Manifest radii = tasks.run(new RadiiTask("train", K, 70, rowsPerShard), inputs, 1, true);
    try (TableReader table = tasks.open(radii, RadiiTask.RADII);
        TableReader features = tasks.open(inputs.get(MomentsTask.FEATURES), "train")) {
      Manifold found = RadiiTask.read(new TableRows(features, FeatureTable.FEATURE), table, K, 70);
      int[] rows = Arrays.stream(table.longs(RadiusTable.ROW)).mapToInt(Math::toIntExact).toArray();
      assertEquals(70, Arrays.stream(rows).distinct().count());
      assertTrue(rows[69] > 70, "the first rows were taken, not a random subset");
      SelectedRows chosen = new SelectedRows(new ArrayRows(values(300), WIDTH), rows);
      assertArrayEquals(Manifold.of(chosen, K).squaredRadii(), found.squaredRadii());
      assertEquals(70, found.features().rows());
    }
  }

  @Test
  void radiiOfOtherFeaturesAreRefused() throws Exception {
    Manifest radii = tasks.run(new RadiiTask("train", K, ALL, 100), features(50));
    try (TableReader table = tasks.open(radii, RadiiTask.RADII);
        TableReader features = tasks.open(features(60).get(MomentsTask.FEATURES), "train")) {
      TableRows rows = new TableRows(features, FeatureTable.FEATURE);
      Exception error =
          assertThrows(IllegalArgumentException.class, () -> RadiiTask.read(rows, table, K, ALL));
      assertEquals(
          "Cannot use radii: found 50 of them and 60 features, expected 60", error.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"700, 1", "300, 3", "100, 7"})
  void labelsAreCountedOverAllShards(int rowsPerShard, int shards) throws Exception {
    ShardTask task = histogram(5, rowsPerShard);
    Map<String, Manifest> inputs = labels();
    assertEquals(shards, task.shards(new ShardInputs(inputs, Map.of())));
    Manifest written = tasks.run(task, inputs, 1, true);
    try (TableReader table = tasks.open(written, LabelHistogramTask.HISTOGRAM)) {
      assertArrayEquals(new long[] {117, 117, 117, 116, 116}, LabelHistogramTask.read(table));
    }
  }

  @Test
  void aLabelThatIsNoClassIsNamed() {
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> tasks.run(histogram(3, 100), labels()));
    assertTrue(
        error.getMessage().equals("Cannot count labels: row 4 has label 3, expected -1 to 2"),
        error.getMessage());
  }

  private static LabelHistogramTask histogram(int classes, int rowsPerShard) {
    return new LabelHistogramTask("images", AssignmentTable.CLUSTER, classes, rowsPerShard);
  }

  /** Labels -1, 0 .. 4, -1, 0 .. of 700 rows. */
  private Map<String, Manifest> labels() throws IOException {
    Manifest images =
        tasks.table(
            "images",
            AssignmentTable.schema(),
            700,
            LongStream.range(0, 700).toArray(),
            IntStream.range(0, 700).map(i -> i % 6 - 1).toArray(),
            new float[700]);
    return Map.of(LabelHistogramTask.IMAGES, images);
  }

  private Map<String, Manifest> features(int rows) throws IOException {
    Manifest features =
        tasks.table(
            "train",
            FeatureTable.schema(WIDTH),
            rows,
            LongStream.range(0, rows).toArray(),
            values(rows));
    return Map.of(MomentsTask.FEATURES, features);
  }

  private static float[] values(int rows) {
    float[] values = new float[rows * WIDTH];
    new CounterRandom(rows, "values").normals(0, 0, values, 0, values.length);
    return values;
  }
}
