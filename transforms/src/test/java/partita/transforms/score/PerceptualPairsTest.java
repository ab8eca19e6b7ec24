package partita.transforms.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.KeptMaps;
import partita.models.embed.PerceptualNetwork;
import partita.models.network.PretrainedNetwork;
import partita.models.network.SqueezeNet;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.weights.Safetensors;
import partita.models.weights.WeightFile;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.ImportWeightsTask;
import partita.transforms.shard.StopSignal;
import partita.transforms.train.MappedImages;
import partita.transforms.train.TestStages;

/** Perceptual distances of pairs, of a SqueezeNet with random weights. */
class PerceptualPairsTest {
  private static final SqueezeNet.Config SQUEEZE_NET = new SqueezeNet.Config(0);
  private static final int IMAGES = 3;
  private static final int SIDE = 32;
  private static final Naming NAMING = new Naming("squeezenet", "", false, "lpips-v0.1");

  @TempDir Path root;
  private TestStages stages;
  private Path linear;
  private Manifest images;

  @BeforeEach
  void writeImagesAndLearnedWeights() throws Exception {
    stages = new TestStages(root.resolve("store"), 1e9);
    Files.createDirectories(root.resolve("images/dog"));
    Files.createDirectories(root.resolve("masks"));
    Random random = new Random(3);
    for (int i = 0; i < IMAGES; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        image.setRGB(pixel % SIDE, pixel / SIDE, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", root.resolve("images/dog/%d.png".formatted(i)).toFile());
    }
    BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setSample(4, 4, 0, 1);
    ImageIO.write(mask, "png", root.resolve("masks/dog.png").toFile());
    images =
        stages.run(
            "images",
            new ImageSetIngest(SIDE, SIDE, false, IMAGES),
            0,
            Map.of(),
            Map.of(ImageSetIngest.IMAGES, root.resolve("images").toString()));
    linear = root.resolve("linear.safetensors");
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PretrainedNetwork network = SQUEEZE_NET.build(manager);
      List<NamedTensor> learned = new ArrayList<>();
      for (String layer : PerceptualNetwork.layers(SQUEEZE_NET).orElseThrow()) {
        NDArray ones = manager.ones(new Shape(1, network.layers().get(layer), 1, 1));
        String name = "lin%d.model.1.weight".formatted(learned.size());
        learned.add(NamedTensor.of(TensorRole.PARAMETER, name, ones));
      }
      Safetensors.write(linear, learned);
    }
  }

  @Test
  void diversitiesStopBetweenPairsWhenAskedTo() throws Exception {
    Manifest network = network();
    StopSignal.raise(stages.store().work(TestStages.key("diversity")));
    assertStopped(
        "stopped after 3 of 3 pairs",
        new PerceptualDiversityTask(NAMING, SQUEEZE_NET, DiversityProtocol.IC_GAN),
        network);
    assertStopped(
        "stopped after 6 of 6 pairs", new RegionDiversityTask(NAMING, SQUEEZE_NET), network);
  }

  private void assertStopped(String message, GivenComparison task, Manifest network)
      throws Exception {
    Map<String, Manifest> inputs = Map.of(Comparison.GENERATED, images, LpipsTask.NETWORK, network);
    Map<String, String> files =
        Map.of(
            LpipsTask.LINEAR,
            linear.toString(),
            RegionDiversityTask.MASKS,
            root.resolve("masks").toString());
    Exception stopped =
        assertThrows(
            InterruptedException.class, () -> stages.run("diversity", task, 1, inputs, files));
    assertEquals(message, stopped.getMessage());
  }

  private Manifest network() throws Exception {
    Path file = root.resolve("network.safetensors");
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PretrainedNetwork network = SQUEEZE_NET.build(manager);
      network.initialize(5);
      List<NamedTensor> tensors = new ArrayList<>();
      network
          .parameters()
          .forEach((name, array) -> tensors.add(NamedTensor.of(TensorRole.PARAMETER, name, array)));
      Safetensors.write(file, tensors);
    }
    return stages.run(
        "network",
        new ImportWeightsTask(SQUEEZE_NET),
        1,
        Map.of(),
        Map.of(ImportWeightsTask.FILE, file.toString()));
  }

  @Test
  void distancesDoNotDependOnHowManyMapsAreKept() throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        WeightFile learned = WeightFile.open(linear);
        TableReader table = TableReader.open(stages.store(), images, ImageSetIngest.ALL)) {
      PretrainedNetwork backbone = SQUEEZE_NET.build(manager);
      backbone.initialize(5);
      PerceptualNetwork network = PerceptualNetwork.open(backbone, SQUEEZE_NET, learned);
      MappedImages mapped = new MappedImages(table);
      List<Integer> made = new ArrayList<>();
      KeptMaps.Source<Integer> source =
          image -> {
            made.add(image);
            return network.maps(mapped, image);
          };
      try (KeptMaps<Integer> all = new KeptMaps<>(source, Long.MAX_VALUE);
          KeptMaps<Integer> two = new KeptMaps<>(source, 0)) {
        assertEquals(distances(network, two), distances(network, all));
        assertEquals(List.of(0, 1, 2, 1, 0, 1, 2), made);
      }
    }
  }

  private static List<Double> distances(PerceptualNetwork network, KeptMaps<Integer> maps)
      throws Exception {
    return List.of(
        network.distance(maps.of(0), maps.of(1)),
        network.distance(maps.of(0), maps.of(2)),
        network.distance(maps.of(1), maps.of(2)));
  }
}
