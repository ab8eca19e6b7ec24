package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import partita.models.op.OwnMemory;

/** Images between bytes 0 .. 255 and the range [-1, 1] that networks see. */
public final class PixelBatch {
  private static final float HALF_RANGE = 127.5f;

  /** {@code v / 127.5 - 1} of each byte. */
  private static final float[] SCALED = new float[256];

  static {
    for (int v = 0; v < SCALED.length; v++) {
      SCALED[v] = v / HALF_RANGE - 1;
    }
  }

  private PixelBatch() {}

  /**
   * Float32 {@code [rows, C, H, W]} in [-1, 1], {@code v / 127.5 - 1}, without noise.
   *
   * @param mirrored for each row, whether it is flipped from left to right
   */
  public static NDArray load(NDManager manager, ImageSource images, long[] rows, boolean[] mirrored)
      throws IOException {
    int width = images.width();
    int imageSize = images.channels() * images.height() * width;
    ByteBuffer pixels = ByteBuffer.allocate(rows.length * imageSize);
    images.gather(rows, pixels);
    byte[] bytes = pixels.array();
    float[] values = new float[bytes.length];
    for (int image = 0; image < rows.length; image++) {
      int start = image * imageSize;
      if (mirrored[image]) {
        for (int line = start; line < start + imageSize; line += width) {
          mirror(bytes, values, line, width);
        }
      } else {
        for (int i = start; i < start + imageSize; i++) {
          values[i] = SCALED[bytes[i] & 0xFF];
        }
      }
    }
    return OwnMemory.of(
        manager, values, new Shape(rows.length, images.channels(), images.height(), width));
  }

  private static void mirror(byte[] bytes, float[] values, int line, int width) {
    for (int column = 0; column < width; column++) {
      values[line + column] = SCALED[bytes[line + width - 1 - column] & 0xFF];
    }
  }

  /** Bytes 0 .. 255 of images in [-1, 1], rounded to the nearest; row-major. */
  public static byte[] bytes(NDArray images) {
    float[] values = images.toFloatArray();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      float scaled = (values[i] + 1) * HALF_RANGE + 0.5f;
      bytes[i] = (byte) (int) Math.max(0, Math.min(255, scaled));
    }
    return bytes;
  }
}
