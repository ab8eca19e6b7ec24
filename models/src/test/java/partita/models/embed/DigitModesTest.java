package partita.models.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import partita.models.network.EmbeddingNetwork;
import partita.models.network.Tap;
import partita.models.train.ImageSource;

class DigitModesTest {

  @Test
  void theDigitsOfRedGreenAndBlueAreHundredsTensAndOnes() throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Brightness classifier = new Brightness(manager, 10);
      DigitModes modes = new DigitModes(classifier, new Stacks(3, 7, 123, 400, 999, 50), 4);
      assertArrayEquals(new int[] {7, 123, 400, 999}, modes.of(0, 4));
      assertArrayEquals(new int[] {999, 50}, modes.of(3, 2));
    }
  }

  @Test
  void aClassifierOfOtherThingsAndGrayImagesAreRefused() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Stacks stacks = new Stacks(3, 1);
      assertEquals(
          "Cannot read digits: the classifier has 7 classes, expected 10; train it on MNIST",
          failure(new Brightness(manager, 7), stacks));
      assertEquals(
          "Cannot read stacked digits: images have 1 channels, expected 3",
          failure(new Brightness(manager, 10), new Stacks(1, 1)));
    }
  }

  private static String failure(EmbeddingNetwork classifier, ImageSource images) {
    return assertThrows(IllegalArgumentException.class, () -> new DigitModes(classifier, images, 4))
        .getMessage();
  }

  /** Says digit d of an image whose pixels have the value 20 d. */
  private record Brightness(NDManager manager, int classes) implements EmbeddingNetwork {

    @Override
    public Map<String, Integer> layers() {
      return Map.of("digits", classes);
    }

    @Override
    public Optional<NDArray> evaluate(NDArray images, Tap tap) {
      NDArray level =
          images
              .reshape(images.getShape().get(0), -1)
              .mean(new int[] {1})
              .add(1)
              .mul(127.5f / 20)
              .reshape(-1, 1);
      NDArray digits = manager.arange((float) classes).reshape(1, classes);
      NDArray logits = level.sub(digits).abs().neg();
      tap.see("digits", logits);
      return Optional.of(logits);
    }
  }

  /** Images of 2 x 2 pixels in the colors that stand for given modes. */
  private record Stacks(int channels, int... modes) implements ImageSource {

    @Override
    public long rows() {
      return modes.length;
    }

    @Override
    public int height() {
      return 2;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public void gather(long[] rows, ByteBuffer target) {
      for (long row : rows) {
        int mode = modes[(int) row];
        for (int digit : new int[] {mode / 100, mode / 10 % 10, mode % 10}) {
          byte value = (byte) (20 * digit);
          target.put(new byte[] {value, value, value, value});
        }
      }
    }
  }
}
