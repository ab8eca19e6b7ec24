package partita.transforms.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.metric.FrechetDistance;
import partita.models.metric.Moments;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.row.TaskRun;

class MetricTasksTest {
  private static final int WIDTH = 5;
  private static final int CLASSES = 3;
  private static final Protocol PROTOCOL = new Protocol("tiny", 3, 150, 4);

  private TaskRun tasks;

  @BeforeEach
  void openStore(@TempDir Path root) throws IOException {
    tasks = new TaskRun(root);
  }

  @Test
  void samplesAreScoredByEveryMetricUnderTheNameOfTheNetwork() throws Exception {
    Manifest scores = tasks.run(evaluate(5), inputs(5));
    Map<String, MetricRows.Row> rows = read(scores);
    assertEquals(
        List.of(
            "coverage(tiny)",
            "density(tiny)",
            "diversity(tiny)",
            "fid(tiny)",
            "is(tiny)",
            "precision(tiny)",
            "recall(tiny)"),
        List.copyOf(rows.keySet()));
    MetricRows.Row fid = rows.get("fid(tiny)");
    double expected =
        FrechetDistance.between(Moments.of(rows(200, 1, WIDTH)), Moments.of(rows(120, 5, WIDTH)))
            .value();
    assertEquals(expected, fid.value(), 1e-9);
    assertEquals(5, fid.seed());
    assertEquals("tiny abc", fid.network());
    assertEquals("train", fid.protocol());
    assertEquals(200, fid.realCount());
    assertEquals(120, fid.generatedCount());
    assertEquals(150, rows.get("precision(tiny)").realCount());
    assertTrue(rows.get("is(tiny)").std() > 0);
    assertTrue(scores.facts().isEmpty());
  }

  @Test
  void scoringStopsBetweenMetricsWhenAskedTo() throws Exception {
    Map<String, Manifest> inputs = inputs(5);
    tasks.requestStop();
    Exception error =
        assertThrows(InterruptedException.class, () -> tasks.run(evaluate(5), inputs));
    assertEquals("stopped after 1 metrics", error.getMessage());
  }

  @Test
  void scoringTwiceGivesTheSameDigest() throws Exception {
    assertEquals(
        tasks.run(evaluate(5), inputs(5)).contentDigest(),
        tasks.run(evaluate(5), inputs(5), 1, true).contentDigest());
  }

  @Test
  void featuresWithoutLogitsHaveNoInceptionScore() throws Exception {
    Map<String, Manifest> inputs = new HashMap<>(inputs(5));
    inputs.put(
        EvaluateTask.SAMPLES,
        tasks.table(
            network("abc"),
            "samples",
            FeatureTable.schema(WIDTH),
            120,
            ids(120),
            values(120, 5, WIDTH)));
    Manifest scores = tasks.run(evaluate(5), inputs);
    assertTrue(!read(scores).containsKey("is(tiny)"));
    assertEquals(Map.of(Scores.NO_CLASSES, "1"), scores.facts());
  }

  @Test
  void fewerSamplesThanDimensionsAreNotedAsAFact() throws Exception {
    Manifest few = features("train", 4, 1);
    EvaluateTask task = new EvaluateTask(new Protocol("tiny", 3, 150, 4), "train", 5);
    Map<String, Manifest> inputs = new HashMap<>(inputs(5));
    inputs.putAll(real(few));
    assertEquals("1", tasks.run(task, inputs).facts().get(Scores.FEW_ROWS));
  }

  @Test
  void aRoleThatIsNotThereIsNamed() throws Exception {
    EvaluateTask task = new EvaluateTask(PROTOCOL, "validation", 5);
    Map<String, Manifest> inputs = inputs(5);
    Exception error = assertThrows(IOException.class, () -> tasks.run(task, inputs));
    assertTrue(error.getMessage().contains("'validation'"), error.getMessage());
  }

  @Test
  void featuresOfTwoNetworksAreNotCompared() throws Exception {
    Map<String, Manifest> inputs = new HashMap<>(inputs(5));
    inputs.put(EvaluateTask.SAMPLES, features("def", "samples", 120, 5));
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> tasks.run(evaluate(5), inputs));
    assertTrue(error.getMessage().contains("different networks, def and abc"), error.getMessage());
  }

  @Test
  void halvesOfTheRealDataAreNearEachOtherAndSplitBySeed() throws Exception {
    Map<String, Manifest> real = Map.of(EvaluateTask.REAL, features("train", 200, 1));
    BaselineTask task = new BaselineTask(PROTOCOL, "train");
    Manifest baseline = tasks.run(task, real);
    Map<String, MetricRows.Row> rows = read(baseline);
    assertEquals(6, rows.size());
    MetricRows.Row fid = rows.get("fid(tiny)");
    assertEquals(BaselineTask.REAL_HALVES, fid.protocol());
    assertEquals(100, fid.realCount());
    assertEquals(100, fid.generatedCount());
    assertTrue(fid.value() < read(tasks.run(evaluate(5), inputs(5))).get("fid(tiny)").value());
    assertEquals(baseline.contentDigest(), tasks.run(task, real).contentDigest());
    assertNotEquals(baseline.contentDigest(), tasks.run(task, real, 2, false).contentDigest());
  }

  @Test
  void severalSeedsAreSummarizedByMeanAndStandardDeviation() throws Exception {
    Map<String, Manifest> seeds = new HashMap<>();
    double[] values = new double[3];
    for (int seed = 0; seed < 3; seed++) {
      Manifest scores = tasks.run(evaluate(seed + 5), inputs(seed + 5));
      values[seed] = read(scores).get("fid(tiny)").value();
      seeds.put("evaluate." + seed, scores);
    }
    seeds.put(
        "baseline",
        tasks.run(
            new BaselineTask(PROTOCOL, "train"),
            Map.of(EvaluateTask.REAL, features("train", 200, 1))));
    List<MetricRows.Row> rows = rows(tasks.run(new SummarizeTask(), seeds));
    assertEquals(7 + 6, rows.size());
    MetricRows.Row fid =
        rows.stream()
            .filter(row -> row.metric().equals("fid(tiny)") && row.protocol().equals("train"))
            .findFirst()
            .orElseThrow();
    double mean = (values[0] + values[1] + values[2]) / 3;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    assertEquals(mean, fid.value(), 1e-12);
    assertEquals(Math.sqrt(squares / 2), fid.std(), 1e-12);
    assertEquals(-1, fid.seed());
  }

  @Test
  void aProtocolThatCannotBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Protocol("", 3, 150, 4));
    assertThrows(IllegalArgumentException.class, () -> new Protocol("tiny", 5, 5, 4));
  }

  private static EvaluateTask evaluate(long seed) {
    return new EvaluateTask(PROTOCOL, "train", seed);
  }

  private Map<String, Manifest> inputs(int seed) throws Exception {
    long[] instances = LongStream.range(0, 120).map(i -> i / 3).toArray();
    Manifest images =
        tasks.table(
            "samples",
            SampleTable.schema(2, 1, 1, 1),
            120,
            ids(120),
            instances,
            new int[120],
            new float[240],
            new byte[120]);
    Map<String, Manifest> inputs = new HashMap<>(real(features("train", 200, 1)));
    inputs.put(EvaluateTask.SAMPLES, features("samples", 120, seed));
    inputs.put(EvaluateTask.IMAGES, images);
    return inputs;
  }

  /** Real features with all that is measured of them once. */
  private Map<String, Manifest> real(Manifest features) throws Exception {
    Map<String, Manifest> input = Map.of(MomentsTask.FEATURES, features);
    RadiiTask radii = new RadiiTask("train", PROTOCOL.neighbors(), PROTOCOL.neighborRows(), 64);
    return Map.of(
        EvaluateTask.REAL,
        features,
        EvaluateTask.MOMENTS,
        tasks.run(new MomentsTask("train", 1), input),
        EvaluateTask.RADII,
        tasks.run(radii, input));
  }

  private Manifest features(String role, int rows, int seed) throws IOException {
    return features("abc", role, rows, seed);
  }

  private Manifest features(String network, String role, int rows, int seed) throws IOException {
    return tasks.table(
        network(network),
        role,
        FeatureTable.schema(WIDTH, CLASSES),
        rows,
        ids(rows),
        values(rows, seed, WIDTH),
        values(rows, seed + 100, CLASSES));
  }

  private static SortedMap<String, String> network(String digest) {
    return new TreeMap<>(Map.of(Embedder.NETWORK, digest));
  }

  private static long[] ids(int rows) {
    return LongStream.range(0, rows).toArray();
  }

  private static RowSource rows(int rows, int seed, int width) {
    return new ArrayRows(values(rows, seed, width), width);
  }

  /** Normal values; those of every seed but 1 are shifted. */
  private static float[] values(int rows, int seed, int width) {
    float[] values = new float[rows * width];
    new CounterRandom(seed, "values").normals(0, 0, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] += seed == 1 ? 0 : 0.5f;
    }
    return values;
  }

  private Map<String, MetricRows.Row> read(Manifest manifest) throws IOException {
    Map<String, MetricRows.Row> byName = new TreeMap<>();
    rows(manifest).forEach(row -> byName.put(row.metric(), row));
    return byName;
  }

  private List<MetricRows.Row> rows(Manifest manifest) throws IOException {
    try (TableReader table = tasks.open(manifest, MetricRows.METRICS)) {
      return MetricRows.read(table);
    }
  }
}
