package partita.models.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import partita.models.metric.CovarianceEstimate;
import partita.models.network.Architecture;
import partita.models.network.GoldenLines;
import partita.models.network.HashedValues;
import partita.models.network.InceptionV3;
import partita.models.network.Vgg;

/** What networks see of images against torch and PIL, see preparation.py. */
class InputPreparationTest {
  private static final String FILE = "/partita/models/embed/preparation.txt";

  @ParameterizedTest
  @ValueSource(strings = {"small", "gray", "oblong", "large", "same"})
  void everyPreparationIsThatOfItsReference(String name) throws IOException {
    GoldenLines golden = GoldenLines.of(FILE, name);
    int compared = 0;
    for (List<String> line : golden.lines()) {
      if (!line.get(1).equals("values")) {
        InputPreparation preparation = preparation(line.get(1));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
          NDArray images = pixels(manager, name, line.subList(2, 5));
          NDArray prepared = preparation.apply(images);
          int side = preparation == ImageNetPreparation.STANDARD ? 224 : 299;
          assertEquals(new Shape(2, 3, side, side), prepared.getShape());
          assertValues(golden, line.get(1), prepared);
        }
        compared++;
      }
    }
    assertEquals(6, compared);
  }

  @Test
  void covarianceDividesByNOnlyInStyleGan2() {
    for (FidProtocol protocol : FidProtocol.values()) {
      assertEquals(
          protocol == FidProtocol.STYLEGAN2_ADA
              ? CovarianceEstimate.POPULATION
              : CovarianceEstimate.SAMPLE,
          protocol.covariance(),
          protocol.word());
    }
  }

  @Test
  void fileIsOfficialOnlyForTheProtocolsThatTakeTheirNetworkFromIt() {
    String inception = "6726825d" + "0".repeat(56);
    String classification = "0cc3c7bd" + "0".repeat(56);
    List<FidProtocol> ofInception = List.of(FidProtocol.PYTORCH_FID, FidProtocol.TORCH_FIDELITY);
    for (FidProtocol protocol : FidProtocol.values()) {
      assertEquals(ofInception.contains(protocol), protocol.isOfficial(inception));
      assertEquals(protocol == FidProtocol.IC_GAN, protocol.isOfficial(classification));
    }
  }

  @Test
  void eachNetworkHasAUsualPreparation() {
    Architecture fid = new InceptionV3.Config(InceptionV3.Variant.FID, 0);
    Architecture classification = new InceptionV3.Config(InceptionV3.Variant.CLASSIFICATION, 0);
    assertEquals(FidProtocol.TORCH_FIDELITY, InputPreparation.usual(fid));
    assertEquals(FidProtocol.IC_GAN, InputPreparation.usual(classification));
    assertEquals(ImageNetPreparation.STANDARD, InputPreparation.usual(new Vgg.Config(16, 0)));
    assertEquals(InceptionV3.Variant.CLASSIFICATION, FidProtocol.IC_GAN.variant());
  }

  private static InputPreparation preparation(String word) {
    return word.equals("imagenet")
        ? ImageNetPreparation.STANDARD
        : Arrays.stream(FidProtocol.values())
            .filter(protocol -> protocol.word().equals(word))
            .findFirst()
            .orElseThrow();
  }

  /** The images of preparation.py: a wave with a little noise. */
  private static NDArray pixels(NDManager manager, String name, List<String> sizes) {
    int channels = Integer.parseInt(sizes.get(0));
    int height = Integer.parseInt(sizes.get(1));
    int width = Integer.parseInt(sizes.get(2));
    float[] values = HashedValues.of(name, 2 * channels * height * width);
    for (int i = 0; i < values.length; i++) {
      int column = i % width;
      int row = i / width % height;
      int channel = i / (width * height) % channels;
      int phase = (3 * row + 2 * column + 40 * channel) % 510;
      int noise = (int) ((values[i] + 1) * 8);
      values[i] = Math.min(255, Math.min(phase, 510 - phase) + noise) / 127.5f - 1;
    }
    return manager.create(values, new Shape(2, channels, height, width));
  }

  /** To 1e-5, inputs being about -2 to 2. */
  private static void assertValues(GoldenLines golden, String what, NDArray array) {
    double[] expected = golden.numbers("values", what);
    float[] flat = array.toFloatArray();
    int stride = flat.length / 100;
    assertEquals(expected.length, (flat.length + stride - 1) / stride, what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], flat[i * stride], 1e-5, what + " " + i);
    }
  }
}
