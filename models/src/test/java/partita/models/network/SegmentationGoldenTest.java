package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.embed.ScriptedNetwork;
import partita.models.op.NativeThreads;
import partita.models.weights.WeightFileException;

/** Segmentation networks against PyTorch, see segmentation.py. */
class SegmentationGoldenTest {
  private static final Path FILES = Path.of("src/test/resources/partita/models/network");

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @Test
  void uNetHasTheNamesAndScoresOfTheFaceParser() throws IOException {
    GoldenLines golden = GoldenLines.of("segmentation.txt", "unet");
    UNet.Config config = new UNet.Config(UNet.Config.CELEB_A_MASK_HQ, 19);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      UNet network = config.build(manager);
      GoldenChecks.assertNames(GoldenChecks.names(golden, "N"), network);
      assertEquals(Long.parseLong(golden.of(1, "count").get(0).get(0)), network.parameterCount());

      network.parameters().forEach(PretrainedGoldenTest::fill);
      network.buffers().forEach(PretrainedGoldenTest::fill);
      NDArray images = HashedValues.of(manager, "unet", new Shape(2, 3, 32, 48)).mul(2);
      NDArray scores = UNet.segmenting(network).scores(images);
      assertEquals(new Shape(2, 19, 32, 48), scores.getShape());
      PretrainedGoldenTest.assertValues(golden, "final", scores);

      NDArray odd = manager.zeros(new Shape(1, 3, 32, 40));
      assertEquals(
          "Cannot segment images of 40 x 32 with a UNet: expected sides that are multiples of 16",
          assertThrows(IllegalArgumentException.class, () -> UNet.segmenting(network).scores(odd))
              .getMessage());
    }
  }

  @Test
  void scriptedModuleRunsInEvaluationModeOnImagesFromZeroToOne() throws IOException {
    GoldenLines golden = GoldenLines.of("segmentation.txt", "tiny");
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      ScriptedNetwork network = ScriptedNetwork.open(manager, FILES.resolve("tiny-segmenter.pt"));
      NDArray scores = network.scores(HashedValues.of(manager, "tiny", new Shape(2, 3, 12, 10)));
      assertEquals(new Shape(2, 5, 6, 5), scores.getShape());
      PretrainedGoldenTest.assertValues(golden, "scores", scores);
    }
  }

  @Test
  void moduleThatFailsOnImagesIsRefusedInOneSentence() throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      ScriptedNetwork network = ScriptedNetwork.open(manager, FILES.resolve("tiny-segmenter.pt"));
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> network.scores(manager.zeros(new Shape(1, 4, 8, 8))))
              .getMessage();
      assertTrue(message.contains("its forward fails on float32 (1, 4, 8, 8)"), message);
      assertEquals(1, message.lines().count(), message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reads-a-file.pt, from_file",
    "writes-a-file.pt, ops",
    "pretrained.txt, zip",
    "absent.pt, no such file"
  })
  void modulesThatReachFurtherAreNeverLoaded(String file, String reason) {
    Path path = FILES.resolve(file);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      String message =
          assertThrows(WeightFileException.class, () -> ScriptedNetwork.open(manager, path))
              .getMessage();
      assertTrue(message.startsWith("Cannot run network " + path + ": "), message);
      assertTrue(message.contains(reason), message);
    }
  }
}
