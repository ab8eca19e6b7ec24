package partita.transforms.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.ClassifierTraining;
import partita.models.network.BigGanConfig;
import partita.models.network.ConvNetConfig;
import partita.models.train.IcGanTraining;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.WorkArea;
import partita.schemas.table.CurveTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.MetricTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.feature.EmbedTask;
import partita.transforms.feature.TrainClassifierTask;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.StopSignal;
import partita.transforms.train.StoppingWork;
import partita.transforms.train.TestStages;

/** Classifier, features, IC-GAN, samples and their features, each stage reading the one before. */
class IcGanChainTest {
  private static final int TRAIN = 40;
  private static final int VALIDATION = 20;
  private static final int FEATURES = 8;
  static final BigGanConfig NETWORK =
      BigGanConfig.of(32, 2).withImageChannels(1).withFeatures(FEATURES);
  static final IcGanTraining TRAINING =
      new IcGanTraining(
          IcGanTraining.Pairing.REFERENCE,
          4,
          1,
          1,
          1e-3,
          1e-3,
          0,
          0.999,
          1e-6,
          0.9,
          3,
          true,
          true,
          4);

  private static final TrainClassifierTask CLASSIFIER =
      new TrainClassifierTask(
          new ConvNetConfig(1, 2, 2, FEATURES), new ClassifierTraining(6, 10, 0.01, true, 5));

  @TempDir static Path root;

  private static TestStages stages;
  private static Map<String, Manifest> inputs;
  private static Manifest classifier;

  @BeforeAll
  static void embedImages() throws Exception {
    stages = new TestStages(root, 1e9);
    Manifest images = stages.images(TRAIN, VALIDATION);
    classifier =
        stages.run(
            "classifier",
            new TrainClassifierTask(
                new ConvNetConfig(1, 2, 2, FEATURES), new ClassifierTraining(6, 10, 0.01, true, 5)),
            1,
            Map.of("images", images));
    Manifest features =
        stages.run("features", embed(16), 0, Map.of("images", images, "network", classifier));
    inputs = Map.of("images", images, "features", features, "neighbors", stages.neighbors(TRAIN));
  }

  @Test
  void classifierLearnsItsLabelsAndSaysHowWell() throws Exception {
    assertEquals("20", classifier.facts().get("validation.images"));
    try (TableReader metrics = TableReader.open(stages.store(), classifier, "metrics");
        TableReader curve = TableReader.open(stages.store(), classifier, "curve")) {
      assertEquals("accuracy", metrics.text(MetricTable.METRIC, 0));
      assertTrue(metrics.doubles(MetricTable.VALUE)[0] >= 0.9);
      assertEquals(24, curve.longs(CurveTable.STEP)[(int) curve.rows() - 1] + 4);
    }
  }

  @Test
  void stoppedClassifierGoesOnAndEndsWithTheSameWeights() throws Exception {
    WorkArea work = stages.store().work(TestStages.key("stopped classifier"));
    ShardInputs read = new ShardInputs(Map.of("images", inputs.get("images")), Map.of());
    assertThrows(
        InterruptedException.class,
        () -> CLASSIFIER.run(0, stages.context(new StoppingWork(work, 7), 1, 0, read)));
    StopSignal.lower(work);
    StoppingWork counting = new StoppingWork(work, Integer.MAX_VALUE);
    ShardResult resumed = CLASSIFIER.run(0, stages.context(counting, 1, 0, read));
    assertEquals(24 - 7, counting.steps());
    assertEquals(
        classifier.files("weights").get(0).sha256(),
        resumed.files().stream()
            .filter(file -> file.role().equals("weights"))
            .findFirst()
            .orElseThrow()
            .sha256());
  }

  @Test
  void featuresDoNotDependOnShards() throws Exception {
    Manifest whole =
        stages.run(
            "features whole",
            embed(1000),
            0,
            Map.of("images", inputs.get("images"), "network", classifier));
    for (String role : List.of("train", "train-mirrored", "validation")) {
      try (TableReader one = TableReader.open(stages.store(), inputs.get("features"), role);
          TableReader other = TableReader.open(stages.store(), whole, role)) {
        assertEquals(role.equals("validation") ? VALIDATION : TRAIN, one.rows());
        assertArrayEquals(one.longs("id"), other.longs("id"));
        assertArrayEquals(
            one.floats(FeatureTable.FEATURE), other.floats(FeatureTable.FEATURE), role);
        assertArrayEquals(one.floats(FeatureTable.LOGITS), other.floats(FeatureTable.LOGITS));
      }
    }
  }

  @Test
  void segmentsEqualOneRunAndSamplesFollowTheirInstances() throws Exception {
    Manifest whole = train("whole", 0, 8, inputs);
    Manifest first = train("first", 0, 5, inputs);
    Map<String, Manifest> next = new LinkedHashMap<>(inputs);
    next.put("previous", first);
    Manifest second = train("second", 5, 8, next);
    assertEquals(whole.files("state").get(0).sha256(), second.files("state").get(0).sha256());
    assertEquals(
        whole.files("generator").get(0).sha256(), second.files("generator").get(0).sha256());
    try (TableReader curve = TableReader.open(stages.store(), second, "curve")) {
      assertArrayEquals(new long[] {8}, Arrays.stream(curve.longs("step")).distinct().toArray());
    }

    Manifest samples = sample("samples", whole, new SampleTask(10, 6, 4, 1));
    try (TableReader table = TableReader.open(stages.store(), samples, "samples")) {
      assertEquals(10, table.rows());
      assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, table.longs(SampleTable.ID));
      assertArrayEquals(
          new long[] {1000, 1005, 1010, 1000, 1005, 1010, 1000, 1005, 1010, 1000},
          table.longs(SampleTable.INSTANCE));
    }
    Manifest embedded =
        stages.run(
            "sample features",
            new EmbedTask(ConvNetConfig.FEATURES, List.of("samples"), List.of(), 8, 4),
            0,
            Map.of("images", samples, "network", classifier));
    assertEquals(10, embedded.rows("samples"));

    Manifest again = sample("samples again", second, new SampleTask(10, 6, 4, 1));
    assertEquals(samples.files().get(0).sha256(), again.files().get(0).sha256());
    Manifest other = sample("samples truncated", whole, new SampleTask(10, 6, 4, 0.5));
    assertNotEquals(samples.files().get(0).sha256(), other.files().get(0).sha256());
  }

  @Test
  void noStepsGiveTheFirstWeightsWhichCanBeSampled() throws Exception {
    Manifest initial = train("initial", 0, 0, inputs);
    assertEquals(0, GeneratorSignature.read(stages.store(), initial).step());
    assertEquals(4, sample("initial samples", initial, new SampleTask(4, 4, 4, 1)).rows("samples"));
  }

  @Test
  void classesOfSamplesAreThoseOfTheirInstancesNeighbors() throws Exception {
    Manifest trained =
        stages.run("both", new TrainIcGanTask(NETWORK.withClasses(2), TRAINING, 0, 2), 7, inputs);
    assertEquals("label+feature", GeneratorSignature.read(stages.store(), trained).condition());
    Map<String, Manifest> read = new LinkedHashMap<>(inputs);
    read.put("generator", trained);
    read.put("instances", stages.instances(3));
    Manifest samples = stages.run("samples of both", new SampleTask(10, 6, 4, 1), 3, read);
    try (TableReader table = TableReader.open(stages.store(), samples, "samples")) {
      // Instances 0, 5 and 10, whose neighbors are of their own class.
      assertArrayEquals(new int[] {0, 1, 0, 0, 1, 0, 0, 1, 0, 0}, table.ints(SampleTable.LABEL));
    }
  }

  @Test
  void withoutInstancesSamplesAreOfAllClasses() throws Exception {
    BigGanConfig network = NETWORK.withFeatures(0).withClasses(2);
    Manifest trained =
        stages.run(
            "classes",
            new TrainIcGanTask(network, TRAINING, 0, 2),
            7,
            Map.of("images", inputs.get("images")));
    assertEquals("label", GeneratorSignature.read(stages.store(), trained).condition());
    Map<String, Manifest> read = Map.of("generator", trained);
    Manifest samples = stages.run("samples of classes", new SampleTask(20, 6, 4, 1), 3, read);
    Manifest whole = stages.run("in one shard", new SampleTask(20, 20, 4, 1), 3, read);
    try (TableReader table = TableReader.open(stages.store(), samples, "samples");
        TableReader other = TableReader.open(stages.store(), whole, "samples")) {
      int[] labels = table.ints(SampleTable.LABEL);
      assertArrayEquals(new int[] {0, 1}, Arrays.stream(labels).sorted().distinct().toArray());
      assertArrayEquals(labels, other.ints(SampleTable.LABEL));
      assertTrue(Arrays.stream(table.longs(SampleTable.INSTANCE)).allMatch(id -> id == -1));
    }
  }

  @Test
  void networkConditionedOnNothingIsRefused() {
    assertEquals(
        "Cannot train: the network is conditioned on nothing, expected instances, classes or both",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainIcGanTask(NETWORK.withFeatures(0), TRAINING, 0, 2))
            .getMessage());
  }

  @Test
  void segmentThatDoesNotFollowIsRefused() throws Exception {
    Map<String, Manifest> next = new LinkedHashMap<>(inputs);
    next.put("previous", train("two steps", 0, 2, inputs));
    String message =
        assertThrows(IllegalArgumentException.class, () -> train("gap", 3, 5, next)).getMessage();
    assertEquals("Cannot train from step 3: input previous ends at step 2", message);
  }

  @Test
  void networkOfAnotherFeatureWidthIsRefused() {
    TrainIcGanTask task = new TrainIcGanTask(NETWORK.withFeatures(9), TRAINING, 0, 2);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> stages.run("wrong width", task, 1, inputs))
            .getMessage();
    assertEquals(
        "Cannot train: features have 8 dimensions, the network is conditioned on 9", message);
  }

  private static EmbedTask embed(int rowsPerShard) {
    return new EmbedTask(
        ConvNetConfig.FEATURES, List.of("train", "validation"), List.of("train"), rowsPerShard, 8);
  }

  private static Manifest train(String name, long from, long to, Map<String, Manifest> read)
      throws Exception {
    return stages.run(name, new TrainIcGanTask(NETWORK, TRAINING, from, to), 7, read);
  }

  private static Manifest sample(String name, Manifest generator, SampleTask task)
      throws Exception {
    return stages.run(
        name,
        task,
        3,
        Map.of(
            "generator",
            generator,
            "instances",
            stages.instances(3),
            "features",
            inputs.get("features")));
  }
}
