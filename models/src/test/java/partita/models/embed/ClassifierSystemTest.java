package partita.models.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import partita.models.network.ConvNetConfig;
import partita.models.train.ImageSource;

class ClassifierSystemTest {
  private static final ClassifierTraining TRAINING = new ClassifierTraining(3, 4, 0.01, true, 1);

  @Test
  void stepsCoverEveryEpochAndTheLastBatchIsFull() {
    assertEquals(8, TRAINING.steps(10));
    assertEquals(9, TRAINING.steps(12));
  }

  @Test
  void unlabeledImageIsNamed() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      new ClassifierSystem(
                          manager,
                          ConvNetConfig.of(1, 2),
                          TRAINING,
                          images(3),
                          new int[] {0, 1, -1},
                          1))
              .getMessage();
      assertEquals(
          "Cannot train classifier: image 2 has label -1, expected 0 to 1; use labeled images",
          message);
    }
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new ClassifierTraining(0, 1, Double.NaN, true, 1))
            .getMessage();
    assertEquals(
        "Cannot train classifier: epochs is 0, expected at least 1; batchSize is 1, expected at least 2;"
            + " learningRate is NaN, expected a positive number",
        message);
  }

  private static ImageSource images(int rows) {
    return new ImageSource() {
      @Override
      public long rows() {
        return rows;
      }

      @Override
      public int channels() {
        return 1;
      }

      @Override
      public int height() {
        return 32;
      }

      @Override
      public int width() {
        return 32;
      }

      @Override
      public void gather(long[] wanted, ByteBuffer target) {
        target.put(new byte[wanted.length * 32 * 32]);
      }
    };
  }
}
