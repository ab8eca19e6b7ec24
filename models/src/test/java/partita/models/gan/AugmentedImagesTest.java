package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import partita.models.train.ImageSource;
import partita.models.train.Position;

class AugmentedImagesTest {
  private static final Position FIRST = new Position(4, 0, 0, 4);
  private static final Position NEXT = new Position(5, 0, 0, 5);

  /** A thousand 1 x 1 x 2 images, black on the left and white on the right. */
  private static final ImageSource IMAGES =
      new ImageSource() {
        @Override
        public long rows() {
          return 1000;
        }

        @Override
        public int channels() {
          return 1;
        }

        @Override
        public int height() {
          return 1;
        }

        @Override
        public int width() {
          return 2;
        }

        @Override
        public void gather(long[] rows, ByteBuffer target) {
          for (int i = 0; i < rows.length; i++) {
            target.put(new byte[] {0, (byte) 255});
          }
        }
      };

  @Test
  void aboutHalfOfTheImagesAreFlipped() throws Exception {
    float[] pixels = augmented(new AugmentedImages(IMAGES, true, 0, 1), FIRST);
    int flipped = 0;
    for (int i = 0; i < pixels.length; i += 2) {
      assertEquals(-pixels[i], pixels[i + 1]);
      flipped += pixels[i] > 0 ? 1 : 0;
    }
    assertEquals(500, flipped, 60);
  }

  @Test
  void noiseIsUniformAboveThePixels() throws Exception {
    float[] pixels = augmented(new AugmentedImages(IMAGES, false, 0.5, 1), FIRST);
    double sum = 0;
    double square = 0;
    for (int i = 0; i < pixels.length; i++) {
      double noise = pixels[i] - (i % 2 == 0 ? -1 : 1);
      assertTrue(noise >= 0 && noise < 0.5, "noise " + noise);
      sum += noise;
      square += noise * noise;
    }
    double mean = sum / pixels.length;
    assertEquals(0.25, mean, 0.015);
    assertEquals(0.25 / 12, square / pixels.length - mean * mean, 0.002);
  }

  @Test
  void augmentationIsAFunctionOfSeedAndPosition() throws Exception {
    AugmentedImages images = new AugmentedImages(IMAGES, true, 0.1, 1);
    float[] first = augmented(images, FIRST);
    assertArrayEquals(first, augmented(images, FIRST));
    assertArrayEquals(first, augmented(new AugmentedImages(IMAGES, true, 0.1, 1), FIRST));
    assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(augmented(images, NEXT)));
    float[] other = augmented(new AugmentedImages(IMAGES, true, 0.1, 2), FIRST);
    assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(other));
  }

  @Test
  void plainImagesAreNeitherFlippedNorNoisy() throws Exception {
    AugmentedImages images = new AugmentedImages(IMAGES, true, 0.1, 1);
    assertEquals(List.of(1, 1, 2), images.shape());
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[] pixels = images.plain(manager, new long[] {0, 1, 2}).toFloatArray();
      assertArrayEquals(new float[] {-1, 1, -1, 1, -1, 1}, pixels);
    }
  }

  @Test
  void noiseThatDrownsTheImageIsRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> new AugmentedImages(IMAGES, false, 1.5, 1));
    assertEquals(
        "Cannot augment images: noise is 1.5, expected a number in [0, 1]", error.getMessage());
  }

  private static float[] augmented(AugmentedImages images, Position position) throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      long[] rows = LongStream.range(0, 1000).toArray();
      return images.augmented(manager, rows, position).toFloatArray();
    }
  }
}
