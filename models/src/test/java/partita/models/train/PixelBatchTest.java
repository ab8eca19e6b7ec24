package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PixelBatchTest {
  /** Two 2 x 1 x 3 images, the second all white. */
  private static final ImageSource IMAGES =
      new ImageSource() {
        @Override
        public long rows() {
          return 2;
        }

        @Override
        public int channels() {
          return 2;
        }

        @Override
        public int height() {
          return 1;
        }

        @Override
        public int width() {
          return 3;
        }

        @Override
        public void gather(long[] rows, ByteBuffer target) {
          for (long row : rows) {
            byte w = (byte) 255;
            target.put(row == 0 ? new byte[] {0, 51, w, 102, 0, 0} : new byte[] {w, w, w, w, w, w});
          }
        }
      };

  @Test
  void bytesBecomeNumbersAroundZeroAndFlippedRowsRunBackwards() throws Exception {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray batch =
          PixelBatch.load(
              manager, IMAGES, new long[] {0, 1, 0}, new boolean[] {false, false, true});
      assertEquals(new Shape(3, 2, 1, 3), batch.getShape());
      assertArrayEquals(
          new float[] {-1, -0.6f, 1, -0.2f, -1, -1, 1, 1, 1, 1, 1, 1, 1, -0.6f, -1, -1, -1, -0.2f},
          batch.toFloatArray(),
          1e-6f);
    }
  }

  @Test
  void everyByteSurvivesTheWayThereAndBack() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[] values = new float[256];
      for (int i = 0; i < 256; i++) {
        values[i] = i / 127.5f - 1;
      }
      byte[] bytes = PixelBatch.bytes(manager.create(values));
      for (int i = 0; i < 256; i++) {
        assertEquals(i, bytes[i] & 0xFF);
      }
    }
  }

  @Test
  void valuesOutsideTheRangeAreClipped() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertArrayEquals(
          new byte[] {0, (byte) 255}, PixelBatch.bytes(manager.create(new float[] {-3, 1.5f})));
    }
  }
}
