package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import partita.models.gan.GanNetworks.Labeling;
import partita.models.layer.Mode;
import partita.models.network.Condition;

class ImageGanConfigTest {

  @Test
  void allThatCannotBeIsSaidAtOnce() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ImageGanConfig(Labeling.EMBEDDED, 0, 2, 0, 2, 0));
    assertEquals(
        "Cannot build image GAN: labels is 0, expected 1 up; packing is 2, expected at least 1, and 1 with labels since images of one pack have labels of their own; latentWidth is 0, expected at least 1; imageChannels is 2, expected 1 or 3; width is 0, expected at least 1",
        error.getMessage());
  }

  @Test
  void aMixtureOfGeneratorsIsRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ImageGanConfig(Labeling.MIXTURE, 3, 1, 8, 3, 4));
    assertEquals(
        "Cannot build image GAN: labeling is mixture, which is for points; expected none or embedded",
        error.getMessage());
  }

  @Test
  void aResNetOfOddResolutionIsRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new MeschederResNet(packed(1), 80));
    assertEquals(
        "Cannot build ResNet: resolution is 80, expected a multiple of 32", error.getMessage());
  }

  @Test
  void samplesAndFeaturesHaveTheShapesThatAreToldOfThem() {
    ImageGanConfig config = packed(2);
    for (ImageGanNetworks networks :
        List.of(new ShallowDcgan(config), new DeepDcgan(config), new MeschederResNet(config, 64))) {
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        LabelGenerator generator = networks.generator(manager);
        var images =
            generator.forward(manager.ones(new Shape(4, 8)), Condition.NONE, Mode.EVALUATION);
        int side = networks.resolution();
        assertEquals(List.of(3, side, side), networks.sampleShape());
        assertEquals(new Shape(4, 3, side, side), images.getShape());
        var features = networks.discriminator(manager).features(images, Mode.EVALUATION);
        assertEquals(new Shape(2, networks.featureWidth()), features.getShape());
      }
    }
  }

  @Test
  void imagesThatDoNotFillTheirPacksAreRefused() {
    ShallowDcgan networks = new ShallowDcgan(packed(2));
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LabelDiscriminator discriminator = networks.discriminator(manager);
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> discriminator.features(manager.ones(new Shape(3, 3, 32, 32)), Mode.EVALUATION));
      assertEquals(
          "Cannot discriminate: images have shape (3, 3, 32, 32), expected (N, 3, 32, 32) with N a multiple of the packing 2",
          error.getMessage());
    }
  }

  private static ImageGanConfig packed(int packing) {
    return new ImageGanConfig(Labeling.NONE, 0, packing, 8, 3, 2);
  }
}
