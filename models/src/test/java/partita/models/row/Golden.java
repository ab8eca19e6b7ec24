package partita.models.row;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Raw little-endian files beside the tests, written by the scripts next to them. */
public final class Golden {
  private Golden() {}

  public static float[] floats(String path) throws IOException {
    ByteBuffer bytes = bytes(path);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  public static double[] doubles(String path) throws IOException {
    ByteBuffer bytes = bytes(path);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  public static int[] ints(String path) throws IOException {
    ByteBuffer bytes = bytes(path);
    int[] values = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer bytes(String path) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/partita/models/" + path)) {
      if (in == null) {
        throw new IOException("Cannot read golden file " + path + ": it is not there");
      }
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
