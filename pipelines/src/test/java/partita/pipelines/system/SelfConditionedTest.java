package partita.pipelines.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;

class SelfConditionedTest {
  private static final List<String> SHORT =
      List.of(
          "train.steps=400",
          "train.segmentSteps=100",
          "cluster.every=200",
          "train.warmupSteps=200",
          "evaluate.checkpoints=2");

  @Test
  void roundsOfClusteringAndTrainingAreAChain() throws IOException {
    StageGraph graph = load();
    assertEquals(graph.stage("train@0"), graph.stage("cluster@0").inputs().get("trained"));
    assertEquals(graph.stage("cluster@0"), graph.stage("train@200").inputs().get("clusters"));
    assertEquals(graph.stage("train@200"), graph.stage("cluster@200").inputs().get("trained"));
    assertEquals(graph.stage("cluster@0"), graph.stage("cluster@200").inputs().get("previous"));
    assertEquals(graph.stage("cluster@200"), graph.stage("train@300").inputs().get("clusters"));
    assertFalse(graph.names().contains("cluster@100"), graph.names().toString());
    assertFalse(graph.names().contains("cluster@400"), "nothing is trained on them");
  }

  @Test
  void theSummaryIsOfTheLastStepsAndNotOfTheBest() throws IOException {
    assertEquals(
        Set.of("ceiling", "evaluate@300.0", "evaluate@400.0", "cluster@200"),
        load().stage("summary").inputs().keySet());
  }

  @Test
  void trainingLongerReusesWhatIsThere() throws IOException {
    assertEquals(load().stage("train@400"), load("train.steps=800").stage("train@400"));
  }

  @Test
  void samplesAreDrawnFromTheClustersThatTheyWereTrainedOn() throws IOException {
    StageGraph graph = load();
    assertEquals(graph.stage("cluster@0"), graph.stage("sample@200.0").inputs().get("clusters"));
    assertEquals(graph.stage("cluster@200"), graph.stage("sample@300.0").inputs().get("clusters"));
  }

  @Test
  void onlineClustersAreCommittedAfterEachSegmentOnceTheyMove() throws IOException {
    StageGraph graph = load("train.method=online");
    assertFalse(graph.names().contains("cluster@100"), graph.names().toString());
    assertEquals(graph.stage("cluster@200"), graph.stage("train@300").inputs().get("clusters"));
    assertEquals(graph.stage("cluster@300"), graph.stage("sample@300.0").inputs().get("clusters"));
    assertEquals(graph.stage("train@300"), graph.stage("cluster@300").inputs().get("trained"));
  }

  @Test
  void whatItIsComparedWithHasNoClusters() throws IOException {
    for (String method : List.of("gan", "random-labels", "class", "mgan")) {
      StageGraph graph = load("train.method=" + method);
      assertTrue(graph.names().stream().noneMatch(name -> name.startsWith("cluster")), method);
      assertEquals(Set.of("data"), graph.stage("train@100").inputs().keySet(), method);
    }
  }

  @Test
  void moreClustersThanRowsToClusterAreRefused() {
    assertMessage(
        "cluster.count is 50 and cluster.subset 40, expected at least as many rows as clusters",
        "cluster.subset=40");
    assertMessage(
        "cluster.subset is 10,000, expected at most dataset.train (500)", "dataset.train=500");
  }

  @Test
  void clusteringsThatDoNotDivideTheStepsAreRefused() {
    assertMessage(
        "cluster.every is 300, expected a multiple of train.segmentSteps (100) that divides train.steps (400)",
        "cluster.every=300");
    assertMessage("cluster.every is 50, expected a multiple", "cluster.every=50");
  }

  @Test
  void whatAMethodDoesNotLookAtIsNotChecked() throws IOException {
    load("train.method=gan", "cluster.every=300", "cluster.subset=1000000");
    load("train.method=random-labels", "cluster.subset=40");
    load("train.method=online", "cluster.every=300");
  }

  @Test
  void changedSettingsThatAMethodDoesNotLookAtAreSaid() throws IOException {
    List<String> overrides = List.of("train.warmupSteps=200", "cluster.every=1250");
    List<String> said = new ArrayList<>();
    Systems systems = new Systems(said::add);
    systems.load(new ExperimentRequest("self-conditioned/grid2d", null, overrides, null));
    assertEquals(
        List.of(
            "train.warmupSteps has no effect with train.method self-conditioned, but with online"),
        said);
  }

  @Test
  void settingsAreNamedAsTheyAreSet() {
    assertMessage(
        "'train': Cannot train a GAN: batchSize is 1, expected at least 2", "train.batchSize=1");
    assertMessage("generatorLearningRate is 0.0", "train.generatorLearningRate=0");
  }

  @Test
  void figuresOfImagesAreRefusedOfPointsBeforeTheirKeysAreRead() {
    assertMessage(
        "Cannot use 'reconstruct' with self-conditioned/grid2d: it is of images",
        "reconstruct.images=64");
    assertMessage("Cannot use 'diversity' with", "diversity.classes=8");
  }

  @Test
  void aWarmUpThatDoesNotEndBetweenSegmentsIsRefused() {
    assertMessage(
        "train.warmupSteps is 150, expected a multiple of train.segmentSteps (100) below train.steps (400)",
        "train.method=online",
        "train.warmupSteps=150");
    assertMessage("train.warmupSteps is 400", "train.method=online", "train.warmupSteps=400");
  }

  @Test
  void packingIsForTheUnconditionalGan() throws IOException {
    load("train.method=gan", "network.packing=2");
    assertMessage(
        "network.packing is 2 with train.method self-conditioned, expected 1, or train.method=gan",
        "network.packing=2");
  }

  @Test
  void anAverageOverMoreStepsThanAreCommittedIsRefused() {
    assertMessage(
        "evaluate.checkpoints is 5, expected at most the 4 segments", "evaluate.checkpoints=5");
  }

  private static StageGraph load(String... overrides) throws IOException {
    List<String> all = new ArrayList<>(SHORT);
    all.addAll(List.of(overrides));
    return new Systems(notice -> {})
        .load(new ExperimentRequest("self-conditioned/grid2d", null, all, null));
  }

  @Test
  void batchesOfMoreRowsThanThereAreAreRefused() {
    assertMessage(
        "in batches of 200 rows (train.batchSize times network.packing): there are at most 150",
        "dataset.train=150",
        "cluster.subset=150",
        "train.method=gan",
        "network.packing=2");
  }

  @Test
  void imagesForAnExperimentThatDrawsPointsAreRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                new Systems(message -> {})
                    .load(
                        new ExperimentRequest(
                            "self-conditioned/ring2d", "/images", List.of(), null)));
    assertTrue(e.getMessage().contains("Cannot use --data with"), e.getMessage());
  }

  @Test
  void moreSamplesThanRealPointsToScoreBesideThemAreRefused() {
    assertMessage(
        "Cannot score 100,001 samples beside as many real ones: dataset.train is 100,000 and"
            + " dataset.validation 10,000; lower sample.count, or raise either",
        "sample.count=100001");
  }

  @Test
  void labelsOfAFrozenDiscriminatorAreForClusters() throws IOException {
    load("train.labels=frozen", "train.method=online");
    assertMessage(
        "train.labels is frozen and train.method random-labels, which has no clusters; expected committed",
        "train.labels=frozen",
        "train.method=random-labels");
  }

  @Test
  void networksForOtherDataAreRefusedByName() {
    assertMessage(
        "Cannot train 'ResNet' on points: expected network.architecture to be mlp",
        "network.architecture=ResNet");
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> loadImages("self-conditioned/cifar-10", "/nowhere", "network.architecture=mlp"));
    assertEquals(
        "Cannot train 'mlp' on images: expected network.architecture to be"
            + " shallow-dcgan or deep-dcgan or resnet",
        e.getMessage());
  }

  @Test
  void theExperimentOnCifarTenCanBePlanned(@TempDir Path folder) throws IOException {
    cifarIn(folder);
    StageGraph graph = loadImages("self-conditioned/cifar-10", folder.toString());
    SortedMap<String, String> trained = graph.stage("train@300000").parameters();
    assertEquals("DeepDcgan", trained.get("networks"));
    assertEquals("64", trained.get("networks.config.width"));
    assertEquals("0.0078125", trained.get("dataset.noise"));
    assertEquals("25000", graph.stage("cluster@275000").parameters().get("subset"));
    assertEquals(Set.of("baseline", "evaluate@300000.0", "cluster@275000"), summarized(graph));
  }

  @Test
  void theExperimentOnFoldersCanBePlanned(@TempDir Path folder) throws IOException {
    for (String kind : List.of("cats", "dogs")) {
      Files.createDirectories(folder.resolve(kind));
      for (int i = 0; i < 100; i++) {
        Files.write(folder.resolve("%s/%d.png".formatted(kind, i)), new byte[1]);
      }
    }
    StageGraph graph =
        loadImages("self-conditioned/folder-128", folder.toString(), "cluster.subset=150");
    SortedMap<String, String> trained = graph.stage("train@225000").parameters();
    assertEquals("MeschederResNet", trained.get("networks"));
    assertEquals("128", trained.get("networks.resolution"));
    assertEquals("0.1", trained.get("training.r1Weight"));
    assertEquals("true", graph.stage("sample@225000.0").parameters().get("averaged"));
    assertEquals("31", graph.stage("sample@225000.0").parameters().get("batch"));
    assertEquals(Set.of("baseline", "evaluate@225000.0", "cluster@150000"), summarized(graph));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> loadImages("self-conditioned/folder-128", folder.toString()));
    assertTrue(
        e.getMessage().contains("Cannot cluster 50,000 rows of images: there are at most 200"),
        e.getMessage());
  }

  @Test
  void figuresAreStagesOnlyWhereTheyAreAskedFor(@TempDir Path folder) throws IOException {
    cifarIn(folder);
    StageGraph plain = loadImages("self-conditioned/cifar-10", folder.toString());
    for (String family : List.of("encode", "reconstruct", "score-reconstructions", "rank")) {
      assertTrue(plain.names().stream().noneMatch(name -> name.startsWith(family)), family);
    }
    StageGraph asked =
        loadImages(
            "self-conditioned/cifar-10",
            folder.toString(),
            "reconstruct.images=20",
            "diversity.classes=4");
    Stage encoder = asked.stage("encode@300000");
    assertEquals(asked.stage("train@300000"), encoder.inputs().get("generator"));
    assertEquals(asked.stage("cluster@275000"), encoder.inputs().get("clusters"));
    assertEquals(encoder, asked.stage("reconstruct@300000").inputs().get("encoder"));
    assertEquals("20", asked.stage("reconstruct@300000").parameters().get("images"));
    assertEquals(
        asked.stage("sample-features@300000.0"),
        asked.stage("rank@300000.0").inputs().get("features"));
    assertEquals(plain.stage("evaluate@300000.0"), asked.stage("evaluate@300000.0"));
  }

  @Test
  void whatCannotBeReconstructedIsRefusedBeforeItRuns(@TempDir Path folder) throws IOException {
    cifarIn(folder);
    assertRefused(
        folder,
        "Cannot reconstruct 10,001 images: dataset.validation is 10,000",
        "reconstruct.images=10001");
    assertRefused(
        folder,
        "Cannot reconstruct images: network.packing is 2, expected 1",
        "reconstruct.images=5",
        "train.method=gan",
        "network.packing=2");
    assertRefused(
        folder,
        "Cannot measure LPIPS with resnet-50: expected alexnet, vgg-16 or squeezenet",
        "reconstruct.images=5",
        "reconstruct.lpips.network=resnet-50",
        "reconstruct.lpips.weights=resnet.pth",
        "reconstruct.lpips.learned=learned.pth");
    assertRefused(
        folder,
        "lpips is given and images 0",
        "reconstruct.lpips.network=alexnet",
        "reconstruct.lpips.weights=alexnet.pth",
        "reconstruct.lpips.learned=learned.pth");
  }

  private static void cifarIn(Path folder) throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      Files.write(folder.resolve("data_batch_%d.bin".formatted(batch)), new byte[3073]);
    }
    Files.write(folder.resolve("test_batch.bin"), new byte[3073]);
  }

  private static void assertRefused(Path folder, String expected, String... overrides) {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> loadImages("self-conditioned/cifar-10", folder.toString(), overrides));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private static Set<String> summarized(StageGraph graph) {
    return graph.stage("summary").inputs().keySet();
  }

  private static StageGraph loadImages(String experiment, String data, String... overrides)
      throws IOException {
    return new Systems(notice -> {})
        .load(new ExperimentRequest(experiment, data, List.of(overrides), null));
  }

  private static void assertMessage(String expected, String... overrides) {
    BadInputException e = assertThrows(BadInputException.class, () -> load(overrides));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
