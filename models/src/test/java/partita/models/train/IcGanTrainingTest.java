package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import partita.models.network.BigGanConfig;
import partita.models.row.ArrayRows;

class IcGanTrainingTest {

  @Test
  void allMistakesAreNamedAtOnce() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new IcGanTraining(
                        IcGanTraining.Pairing.PAPER,
                        1,
                        0,
                        1,
                        -1,
                        1e-4,
                        1,
                        0.999,
                        1e-6,
                        0.9999,
                        0,
                        true,
                        true,
                        10))
            .getMessage();
    assertEquals(
        "Cannot train IC-GAN: batchSize is 1, expected at least 2; discriminatorSteps is 0, expected at"
            + " least 1; generatorLearningRate is -1.0, expected a positive number; beta1 is 1.0, expected"
            + " a number in [0, 1)",
        message);
  }

  @Test
  void dataOfDifferentLengthsIsRefused() {
    InstanceData data = ToyInstances.data();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new InstanceData(
                        data.images(),
                        new ArrayRows(new float[20], 4),
                        Optional.of(new ArrayRows(new float[72], 3)),
                        data.neighbors()))
            .getMessage();
    assertEquals(
        "Cannot train on instances: found 5 features for 24 images; mirrored features have 3"
            + " dimensions, features 4; run the stages that made them again",
        message);
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      BigGanConfig colored = BigGanConfig.of(32, 2).withFeatures(ToyInstances.FEATURES);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      new InstanceConditionalGan(
                          manager, colored, IcGanTraining.reference(4), ToyInstances.data(), 1))
              .getMessage();
      assertEquals("Cannot train: images are 1 x 32 x 32, the network makes 3 x 32 x 32", message);
    }
  }
}
