package partita.schemas.table;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * All values of a fixed-width column.
 *
 * @param parts the batches' values, little-endian
 * @param length number of values in all
 */
record WholeColumn(List<ByteBuffer> parts, int length) {
  /** Longest array that every JVM can make. */
  static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  int[] ints() {
    int[] values = new int[length];
    int at = 0;
    for (ByteBuffer part : parts) {
      int count = part.remaining() / Integer.BYTES;
      part.asIntBuffer().get(values, at, count);
      at += count;
    }
    return values;
  }

  long[] longs() {
    long[] values = new long[length];
    int at = 0;
    for (ByteBuffer part : parts) {
      int count = part.remaining() / Long.BYTES;
      part.asLongBuffer().get(values, at, count);
      at += count;
    }
    return values;
  }

  float[] floats() {
    float[] values = new float[length];
    int at = 0;
    for (ByteBuffer part : parts) {
      int count = part.remaining() / Float.BYTES;
      part.asFloatBuffer().get(values, at, count);
      at += count;
    }
    return values;
  }

  double[] doubles() {
    double[] values = new double[length];
    int at = 0;
    for (ByteBuffer part : parts) {
      int count = part.remaining() / Double.BYTES;
      part.asDoubleBuffer().get(values, at, count);
      at += count;
    }
    return values;
  }
}
