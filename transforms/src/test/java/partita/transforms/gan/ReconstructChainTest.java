package partita.transforms.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.PerceptualNetwork;
import partita.models.gan.GanNetworks.Labeling;
import partita.models.gan.ImageGanConfig;
import partita.models.gan.LabelGanTraining;
import partita.models.gan.ShallowDcgan;
import partita.models.inversion.EncoderTraining;
import partita.models.inversion.LatentSearchSettings;
import partita.models.network.PretrainedNetwork;
import partita.models.network.SqueezeNet;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.weights.Safetensors;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.CurveTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.MetricTable;
import partita.schemas.table.ReconstructionErrorTable;
import partita.schemas.table.ReconstructionTable;
import partita.schemas.table.TableReader;
import partita.transforms.feature.ImportWeightsTask;
import partita.transforms.train.TestStages;

/** An encoder of an untrained generator, reconstructions of discs, and how far they are off. */
class ReconstructChainTest {
  private static final int LABELS = 3;
  private static final int IMAGES = 5;
  private static final ShallowDcgan NETWORKS =
      new ShallowDcgan(new ImageGanConfig(Labeling.EMBEDDED, LABELS, 1, 6, 1, 2));
  private static final LatentSearchSettings SEARCH = new LatentSearchSettings(10, 0.05, 5e-4);

  @TempDir static Path root;

  private static TestStages stages;
  private static Manifest data;
  private static Manifest generator;
  private static Manifest encoder;

  @BeforeAll
  static void trainAnEncoder() throws Exception {
    stages = new TestStages(root, 1e9);
    data = stages.images(8, 9);
    LabelGanTraining training = new LabelGanTraining(4, 1e-3, 1e-3, 0, 0.99, 1e-8, 0, 0, 0, 0, 1);
    generator =
        stages.run(
            "generator",
            new TrainLabelGanTask(
                NETWORKS, training, new ImageDataset(false, 0), new RandomLabels(), 0, 0),
            1,
            Map.of("data", data));
    encoder = encode("encoder", NETWORKS, generator);
  }

  @Test
  void theEncoderLearnsWhatImagesWereGeneratedFrom() throws Exception {
    try (TableReader curve = TableReader.open(stages.store(), encoder, "curve")) {
      for (String loss : List.of("latent", "labels", "pixels")) {
        List<Double> values = values(curve, loss);
        assertEquals(60, values.size());
        assertTrue(values.get(59) < 0.8 * values.get(0), loss + " " + values);
      }
    }
  }

  @Test
  void theSearchComesNearerThanTheEncoder() throws Exception {
    Manifest found = reconstruct("reconstruct", 4, 1);
    float[] before = losses(found, ReconstructTask.ENCODED);
    float[] after = losses(found, ReconstructTask.OPTIMIZED);
    assertEquals(IMAGES, after.length);
    for (int image = 0; image < IMAGES; image++) {
      assertTrue(after[image] < before[image], image + ": " + after[image]);
    }
    Manifest scored =
        stages.run(
            "score",
            new ScoreReconstructionsTask("", 2),
            1,
            Map.of(ScoreReconstructionsTask.RECONSTRUCTIONS, found));
    try (TableReader metrics = TableReader.open(stages.store(), scored, "metrics");
        TableReader errors = TableReader.open(stages.store(), scored, "errors")) {
      assertEquals("encoded-pixels", metrics.text(MetricTable.METRIC, 0));
      assertEquals("reconstruction-pixels", metrics.text(MetricTable.METRIC, 1));
      double[] own = errors.doubles(ReconstructionErrorTable.OPTIMIZED_PIXELS);
      assertEquals(
          Arrays.stream(own).average().orElseThrow(), metrics.doubles(MetricTable.VALUE)[1], 1e-12);
      assertEquals(pixelError(found, 3), own[3], 1e-12);
      assertTrue(
          Double.isNaN(errors.doubles(ReconstructionErrorTable.OPTIMIZED_PERCEPTUAL)[0]),
          "no LPIPS without a network");
    }
  }

  @Test
  void withANetworkTheErrorIsLpipsToo() throws Exception {
    SqueezeNet.Config squeezeNet = new SqueezeNet.Config(0);
    Path weights = root.resolve("squeezenet.safetensors");
    Path learned = root.resolve("learned.safetensors");
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PretrainedNetwork network = squeezeNet.build(manager);
      network.initialize(3);
      safetensors(weights, network.parameters());
      Map<String, NDArray> linear = new LinkedHashMap<>();
      for (String layer : PerceptualNetwork.layers(squeezeNet).orElseThrow()) {
        String name = "lin%d.model.1.weight".formatted(linear.size());
        linear.put(name, manager.ones(new Shape(1, network.layers().get(layer), 1, 1)));
      }
      safetensors(learned, linear);
    }
    Manifest imported =
        stages.run(
            "squeezenet",
            new ImportWeightsTask(squeezeNet),
            1,
            Map.of(),
            Map.of(ImportWeightsTask.FILE, weights.toString()));
    Manifest scored =
        stages.run(
            "score by squeezenet",
            new ScoreReconstructionsTask("squeezenet", 2),
            1,
            Map.of(
                ScoreReconstructionsTask.RECONSTRUCTIONS,
                reconstruct("to be compared", 6, 1),
                ScoreReconstructionsTask.NETWORK,
                imported),
            Map.of(ScoreReconstructionsTask.LINEAR, learned.toString()));
    try (TableReader metrics = TableReader.open(stages.store(), scored, "metrics");
        TableReader errors = TableReader.open(stages.store(), scored, "errors")) {
      assertEquals("", metrics.text(MetricTable.NETWORK, 1), "pixels need none");
      assertEquals("reconstruction-lpips(squeezenet)", metrics.text(MetricTable.METRIC, 3));
      assertEquals("squeezenet " + imported.contentDigest(), metrics.text(MetricTable.NETWORK, 3));
      double[] own = errors.doubles(ReconstructionErrorTable.OPTIMIZED_PERCEPTUAL);
      assertTrue(own[0] > 0, "distance");
      assertEquals(
          Arrays.stream(own).average().orElseThrow(), metrics.doubles(MetricTable.VALUE)[3], 1e-12);
    }
  }

  private static void safetensors(Path file, Map<String, NDArray> arrays) throws IOException {
    Safetensors.write(
        file,
        arrays.entrySet().stream()
            .map(entry -> NamedTensor.of(TensorRole.PARAMETER, entry.getKey(), entry.getValue()))
            .toList());
  }

  @Test
  void reconstructionsDependNeitherOnShardsNorOnTheirNumber() throws Exception {
    Manifest one = reconstruct("in one shard", 6, 1);
    Manifest several = reconstruct("in three shards", 2, 1);
    assertEquals(3, several.files(ReconstructTask.OPTIMIZED).size());
    assertArrayEquals(latent(one), latent(several));
    float[] other = latent(reconstruct("with another seed", 6, 2));
    assertFalse(Arrays.equals(latent(one), other), "other images");
  }

  @Test
  void imagesAreThoseThatTrainingNeverSaw() throws Exception {
    Manifest found = reconstruct("of validation images", 6, 1);
    try (TableReader real = TableReader.open(stages.store(), found, ReconstructTask.REAL);
        TableReader made = TableReader.open(stages.store(), found, ReconstructTask.OPTIMIZED)) {
      long[] ids = real.longs(ImageTable.ID);
      assertTrue(Arrays.stream(ids).allMatch(id -> id >= 1008), Arrays.toString(ids));
      assertArrayEquals(ids, made.longs(ReconstructionTable.ID));
    }
  }

  @Test
  void anUnconditionalGeneratorIsInvertedWithoutLabels() throws Exception {
    ShallowDcgan networks = new ShallowDcgan(new ImageGanConfig(Labeling.NONE, 0, 1, 6, 1, 2));
    Manifest plain =
        stages.run(
            "unconditional",
            new TrainLabelGanTask(
                networks,
                new LabelGanTraining(4, 1e-3, 1e-3, 0, 0.99, 1e-8, 0, 0, 0, 0, 1),
                new ImageDataset(false, 0),
                new NoLabels(),
                0,
                0),
            1,
            Map.of("data", data));
    Manifest found =
        stages.run(
            "unconditional reconstructions",
            new ReconstructTask(networks, false, SEARCH, 2, 2, 2),
            1,
            Map.of(
                "generator", plain,
                "encoder", encode("unconditional encoder", networks, plain),
                "data", data));
    try (TableReader made = TableReader.open(stages.store(), found, ReconstructTask.OPTIMIZED)) {
      assertArrayEquals(new int[] {-1, -1}, made.ints(ReconstructionTable.LABEL));
    }
  }

  @Test
  void moreImagesThanThereAreAreRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                stages.run(
                    "too many",
                    new ReconstructTask(NETWORKS, false, SEARCH, 10, 10, 10),
                    1,
                    inputs()));
    assertTrue(
        error.getMessage().contains("Cannot reconstruct 10 images: there are 9 validation images"),
        error.getMessage());
  }

  private static Manifest encode(String name, ShallowDcgan networks, Manifest generator)
      throws Exception {
    return stages.run(
        name,
        new TrainEncoderTask(networks, false, new EncoderTraining(60, 16, 3e-3, 1)),
        1,
        Map.of("generator", generator));
  }

  private static Manifest reconstruct(String name, int imagesPerShard, long seed) throws Exception {
    return stages.run(
        name,
        new ReconstructTask(NETWORKS, false, SEARCH, IMAGES, imagesPerShard, 2),
        seed,
        inputs());
  }

  private static Map<String, Manifest> inputs() {
    return Map.of("generator", generator, "encoder", encoder, "data", data);
  }

  private static List<Double> values(TableReader curve, String series) throws Exception {
    double[] values = curve.doubles(CurveTable.VALUE);
    List<Double> own = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      if (curve.text(CurveTable.SERIES, row).equals(series)) {
        own.add(values[row]);
      }
    }
    return own;
  }

  private static float[] losses(Manifest found, String role) throws Exception {
    try (TableReader table = TableReader.open(stages.store(), found, role)) {
      return table.floats(ReconstructionTable.LOSS);
    }
  }

  private static float[] latent(Manifest found) throws Exception {
    try (TableReader table = TableReader.open(stages.store(), found, ReconstructTask.OPTIMIZED)) {
      return table.floats(ReconstructionTable.Z);
    }
  }

  private static double pixelError(Manifest found, int row) throws Exception {
    try (TableReader real = TableReader.open(stages.store(), found, ReconstructTask.REAL);
        TableReader made = TableReader.open(stages.store(), found, ReconstructTask.OPTIMIZED)) {
      var wanted = real.bytes(ImageTable.PIXELS, row);
      var pixels = made.bytes(ReconstructionTable.PIXELS, row);
      int count = wanted.remaining();
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += Math.abs((wanted.get() & 0xFF) - (pixels.get() & 0xFF)) / 255.0;
      }
      return sum / count;
    }
  }
}
