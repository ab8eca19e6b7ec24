package partita.transforms.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import partita.models.cluster.Reclustering;
import partita.models.gan.DeepDcgan;
import partita.models.gan.GanNetworks.Labeling;
import partita.models.gan.ImageGanConfig;
import partita.models.gan.ImageGanNetworks;
import partita.models.gan.LabelGanTraining;
import partita.models.gan.MeschederResNet;
import partita.models.gan.ShallowDcgan;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.CurveTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.train.TestStages;

/** First weights, clusters, training with R1 on augmented images, and samples. */
class ImageGanChainTest {
  private static final int ROWS = 12;
  private static final int CLUSTERS = 4;
  private static final ImageDataset DATASET = new ImageDataset(true, 1.0 / 128);
  private static final LabelGanTraining TRAINING =
      new LabelGanTraining(4, 1e-3, 1e-3, 0, 0.99, 1e-8, 10, 0, 0.9, 0, 1);

  @TempDir static Path root;

  private static TestStages stages;
  private static Manifest data;

  @BeforeAll
  static void makeImages() throws Exception {
    stages = new TestStages(root, 1e9);
    data = stages.images(ROWS, 8);
  }

  static List<ImageGanNetworks> architectures() {
    ImageGanConfig config = new ImageGanConfig(Labeling.EMBEDDED, CLUSTERS, 1, 6, 1, 2);
    return List.of(
        new ShallowDcgan(config), new DeepDcgan(config), new MeschederResNet(config, 32));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void segmentsOnClustersOfImagesEqualOneRunAndCanBeSampled(ImageGanNetworks networks)
      throws Exception {
    String name = networks.getClass().getSimpleName();
    Manifest first = train(name + " first weights", networks, new RandomLabels(), 0, 0, Map.of());
    Manifest clusters =
        stages.run(
            name + " clusters",
            new ReclusterTask(
                networks,
                DATASET,
                new Reclustering(CLUSTERS, 2, 20, true, true),
                ROWS,
                true,
                false),
            1,
            Map.of("data", data, "trained", first));
    try (TableReader assignments = TableReader.open(stages.store(), clusters, "assignments")) {
      assertEquals(ROWS, assignments.rows());
      int[] labels = assignments.ints(AssignmentTable.CLUSTER);
      assertEquals(CLUSTERS, Arrays.stream(labels).distinct().count());
    }
    Map<String, Manifest> read = Map.of("clusters", clusters);
    Manifest whole = train(name + " whole", networks, new CommittedLabels(), 0, 2, read);
    Manifest half = train(name + " half", networks, new CommittedLabels(), 0, 1, read);
    Manifest rest =
        train(
            name + " rest",
            networks,
            new CommittedLabels(),
            1,
            2,
            Map.of("clusters", clusters, "previous", half));
    assertEquals(digest(whole, "state"), digest(rest, "state"));
    assertNotEquals(digest(half, "generator"), digest(rest, "generator"));
    assertPenalized(whole);

    Manifest samples = sample(name + " samples", networks, false, rest, clusters);
    Manifest averaged = sample(name + " averaged samples", networks, true, rest, clusters);
    assertNotEquals(digest(samples, "samples"), digest(averaged, "samples"));
    try (TableReader table = TableReader.open(stages.store(), samples, "samples")) {
      assertEquals(5, table.rows());
      assertEquals(List.of(1, 32, 32), table.schema().column(SampleTable.PIXELS).shape());
    }
  }

  static List<LabelRule> rulesThatAskDiscriminator() {
    return List.of(new FrozenLabels(), new OnlineLabels(Long.MAX_VALUE, 2));
  }

  @ParameterizedTest
  @MethodSource("rulesThatAskDiscriminator")
  void segmentsOnLabelsThatDiscriminatorGivesImagesEqualOneRun(LabelRule rule) throws Exception {
    ImageGanNetworks networks = architectures().get(0);
    String name = rule.getClass().getSimpleName();
    Manifest first = train(name + " first", networks, new RandomLabels(), 0, 0, Map.of());
    Manifest clusters =
        stages.run(
            name + " clusters",
            new ReclusterTask(
                networks, DATASET, new Reclustering(CLUSTERS, 2, 20, true, true), ROWS, true, true),
            1,
            Map.of("data", data, "trained", first));
    Manifest whole = train(name + " whole", networks, rule, 0, 2, Map.of("clusters", clusters));
    Manifest half = train(name + " half", networks, rule, 0, 1, Map.of("clusters", clusters));
    Manifest rest =
        train(name + " rest", networks, rule, 1, 2, Map.of("clusters", clusters, "previous", half));
    assertEquals(digest(whole, "state"), digest(rest, "state"));
  }

  private static Manifest sample(
      String name, ImageGanNetworks networks, boolean averaged, Manifest trained, Manifest clusters)
      throws Exception {
    return stages.run(
        name,
        new SampleLabelGanTask(networks, averaged, 5, 3, 2),
        2,
        Map.of("generator", trained, "clusters", clusters));
  }

  private static void assertPenalized(Manifest trained) throws Exception {
    try (TableReader curve = TableReader.open(stages.store(), trained, "curve")) {
      Set<String> series = new HashSet<>();
      for (int i = 0; i < curve.rows(); i++) {
        series.add(curve.text(CurveTable.SERIES, i));
      }
      assertTrue(series.contains("R1"), series.toString());
    }
  }

  private static Manifest train(
      String name,
      ImageGanNetworks networks,
      LabelRule labels,
      long from,
      long to,
      Map<String, Manifest> read)
      throws Exception {
    Map<String, Manifest> inputs = new HashMap<>(read);
    inputs.put("data", data);
    return stages.run(
        name, new TrainLabelGanTask(networks, TRAINING, DATASET, labels, from, to), 1, inputs);
  }

  private static String digest(Manifest artifact, String role) {
    return artifact.files(role).get(0).sha256();
  }
}
