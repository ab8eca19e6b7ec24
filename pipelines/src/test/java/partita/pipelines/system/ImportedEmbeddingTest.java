package partita.pipelines.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.network.Architecture;
import partita.models.network.ResNetConfig;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.schemas.artifact.Sha256;
import partita.transforms.feature.EmbedTask;
import partita.transforms.feature.ImportWeightsTask;
import partita.transforms.gan.TrainIcGanTask;
import partita.transforms.metric.EvaluateTask;

/** Experiments whose embedding is a network that others trained. */
class ImportedEmbeddingTest {
  @TempDir static Path files;
  private static Path weights;
  private static String digest;

  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();
  private Path images;

  @BeforeAll
  static void writeWeights() throws IOException {
    weights = PretendWeights.write(files.resolve("resnet50.pth"), ResNetConfig.resNet50(0));
    digest = Sha256.of(weights);
  }

  @BeforeEach
  void writeImages() throws IOException {
    images = Files.createDirectories(folder.resolve("images"));
    for (int i = 0; i < 60; i++) {
      try (var pixel = SystemsTest.class.getResourceAsStream("pixel.png")) {
        Files.copy(pixel, images.resolve(i + ".png"));
      }
    }
  }

  @Test
  void unlabeledImagesAreEmbeddedByAnImportedNetwork() throws IOException {
    StageGraph graph = load("ic-gan/folder-64-resnet", "embedding.weights=" + weights);
    assertFalse(graph.names().contains("classifier"), graph.names().toString());
    Stage imported = graph.stage("weights");
    assertEquals(ResNetConfig.resNet50(0), ((ImportWeightsTask) imported.task()).network());
    assertEquals(Map.of(ImportWeightsTask.FILE, RawInput.of(weights)), imported.files());

    Stage features = graph.stage("features");
    assertEquals(imported, features.inputs().get(EmbedTask.NETWORK));
    assertEquals(List.of("train"), ((EmbedTask) features.task()).mirroredRoles());
    assertEquals("avgpool", ((EmbedTask) features.task()).layer());
    assertEquals(2048, ((TrainIcGanTask) graph.stage("train@500").task()).network().featureWidth());
    EvaluateTask evaluate = (EvaluateTask) graph.stage("evaluate@0.0").task();
    assertEquals("resnet-50", evaluate.protocol().network());
  }

  @Test
  void anyExperimentCanBeGivenAnImportedNetworkAndAnyLayer() throws IOException {
    StageGraph graph =
        load(
            "ic-gan/folder-32",
            "embedding.network=resnet-50",
            "embedding.weights=" + weights,
            "embedding.sha256=" + digest,
            "embedding.name=ours",
            "embedding.layer=layer2.3",
            "embedding.mirrored=false");
    assertEquals("layer2.3", ((EmbedTask) graph.stage("features").task()).layer());
    assertEquals(512, ((TrainIcGanTask) graph.stage("train@0").task()).network().featureWidth());
    assertEquals(
        "ours:layer2.3", ((EvaluateTask) graph.stage("evaluate@0.0").task()).protocol().network());
    assertMessage(
        "Cannot use embedding.layer 'layer5': it does not exist; did you mean 'layer1'?",
        "embedding.weights=" + weights,
        "embedding.layer=layer5");
  }

  @Test
  void everyArchitectureIsImportedWithTheClassesOfTheFileAndItsUsualLayer() throws IOException {
    Map<ImportedNetwork, Integer> widths =
        Map.of(ImportedNetwork.INCEPTION_V3_FID, 2048, ImportedNetwork.SQUEEZENET, 512);
    for (Map.Entry<ImportedNetwork, Integer> entry : widths.entrySet()) {
      ImportedNetwork network = entry.getKey();
      int classes = network == ImportedNetwork.INCEPTION_V3_FID ? 1008 : 5;
      Architecture architecture = network.architecture().withClasses(classes);
      Path file = PretendWeights.write(folder.resolve(network.word() + ".pth"), architecture);
      StageGraph graph =
          load(
              "ic-gan/folder-64-resnet",
              "embedding.network=" + network.word(),
              "embedding.mirrored=true",
              "embedding.weights=" + file);
      assertEquals(
          network.architecture().featureLayer(),
          ((EmbedTask) graph.stage("features").task()).layer());
      assertEquals(architecture, ((ImportWeightsTask) graph.stage("weights").task()).network());
      assertEquals(
          entry.getValue(),
          ((TrainIcGanTask) graph.stage("train@0").task()).network().featureWidth());
      assertEquals(
          network.word(), ((EvaluateTask) graph.stage("evaluate@0.0").task()).protocol().network());
    }
  }

  @Test
  void weightsOfAnotherNetworkAreToldApart() throws IOException {
    assertMessage(
        "for inception-v3: they have layer1.0.conv1.weight as resnet has",
        "embedding.network=inception-v3",
        "embedding.mirrored=true",
        "embedding.weights=" + weights);
    Path classification =
        PretendWeights.write(
            folder.resolve("inception.pth"),
            ImportedNetwork.INCEPTION_V3.architecture().withClasses(1000));
    assertMessage(
        "of variant FID with 1,000 classes: the network of FID has 1,008",
        "embedding.network=inception-v3-fid",
        "embedding.mirrored=true",
        "embedding.weights=" + classification);
  }

  @Test
  void imagesWithoutLabelsCannotBeTheConditionByThem() {
    assertMessage(
        "Cannot condition on classes: the images of folder have 0 labels",
        "embedding.weights=" + weights,
        "train.conditioning=class-and-instance");
  }

  @Test
  void weightsAreDownloadedOnceAndFoundInTheCacheAfterwards() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/resnet50.pth",
        exchange -> {
          exchange.sendResponseHeaders(200, Files.size(weights));
          Files.copy(weights, exchange.getResponseBody());
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/resnet50.pth";
    String pin = "embedding.sha256=" + digest;
    try {
      String other = "f".repeat(64);
      assertMessage(
          "its SHA-256 is " + digest + ", expected " + other,
          "embedding.weights=" + url,
          "embedding.sha256=" + other);
      assertEquals(List.of(), cached());
      load("ic-gan/folder-64-resnet", "embedding.weights=" + url, pin);
    } finally {
      server.stop(0);
    }
    Path kept = folder.resolve("cache").resolve(digest + "-resnet50.pth");
    assertEquals(List.of(kept), cached());
    assertEquals("Downloading " + url + " to " + kept, notices.get(1));

    StageGraph again = load("ic-gan/folder-64-resnet", "embedding.weights=" + url, pin);
    assertEquals(2, notices.size(), notices::toString);
    assertEquals(kept, again.stage("weights").files().get(ImportWeightsTask.FILE).path());
    Files.write(kept, new byte[] {1});
    assertMessage("Cannot use weights " + kept, "embedding.weights=" + url, pin);
    assertMessage("remove it, and it is downloaded again", "embedding.weights=" + url, pin);
  }

  @Test
  void weightsThatCannotBeUsedAreRefusedBeforeAnythingRuns() throws IOException {
    Path absent = folder.resolve("absent.pth");
    assertMessage(
        "Cannot read weights " + absent + ": there is no such file", "embedding.weights=" + absent);
    Path other = folder.resolve("other.pth");
    PretendWeights.write(other, new ResNetConfig(List.of(1, 1, 1, 1), 8, 10));
    assertMessage("for ResNet", "embedding.weights=" + other);
    assertMessage(
        "Cannot use weights %s: its SHA-256 is %s, expected %s"
            .formatted(weights, digest, "a".repeat(64)),
        "embedding.weights=" + weights,
        "embedding.sha256=" + "A".repeat(64));
    assertMessage(
        "weights is empty, expected a file of torch.save or its URL; that of the makers of resnet-50 is https://");
    assertMessage(
        "weights is a URL and sha256 is missing; name the file's SHA-256",
        "embedding.weights=https://example.org/resnet50-19c8e357.pth");
    assertMessage(
        "sha256 is '19c8e357', expected 64 hexadecimal digits",
        "embedding.weights=https://example.org/resnet50-19c8e357.pth",
        "embedding.sha256=19c8e357");
  }

  @Test
  void keysOfATrainedClassifierAreUnknownToAnImportedNetwork() {
    assertMessage(
        "unknown key 'embedding.epochs'", "embedding.weights=" + weights, "embedding.epochs=3");
    assertMessage(
        "'embedding.network' is 'resnet50', expected one of [classifier, resnet-50,"
            + " inception-v3-fid, inception-v3, alexnet, vgg-16, vgg-19, squeezenet]; did you mean"
            + " 'resnet-50'?",
        "embedding.network=resnet50");
  }

  @Test
  void imagenetExperimentHasThePapersValuesAndAsksForTheDigest() throws IOException {
    BadInputException e = assertThrows(BadInputException.class, () -> load("ic-gan/imagenet-64"));
    assertTrue(e.getMessage().contains("sha256 is missing"), e.getMessage());
    StageGraph graph = load("ic-gan/imagenet-64", "embedding.weights=" + weights);
    TrainIcGanTask task = (TrainIcGanTask) graph.stage("train@500000").task();
    assertEquals(256, task.training().batch());
    assertEquals(64, task.network().channelMultiplier());
    assertEquals(2048, task.network().featureWidth());
  }

  private StageGraph load(String experiment, String... overrides) throws IOException {
    List<String> all = new ArrayList<>(List.of("neighbors.k=5", "instances.count=5"));
    all.addAll(List.of(overrides));
    return new Systems(folder.resolve("cache"), notices::add)
        .load(new ExperimentRequest(experiment, images.toString(), all, null));
  }

  private void assertMessage(String expected, String... overrides) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> load("ic-gan/folder-64-resnet", overrides));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> found = Files.list(folder.resolve("cache"))) {
      return found.toList();
    }
  }
}
