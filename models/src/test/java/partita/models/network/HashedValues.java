package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Numbers that the reference scripts compute alike: a hash of a name and an index, in [-1, 1). */
public final class HashedValues {
  private HashedValues() {}

  /** An array of them. */
  public static NDArray of(NDManager manager, String name, Shape shape) {
    return manager.create(of(name, (int) shape.size()), shape);
  }

  public static float[] of(String name, int count) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.US_ASCII));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int h = i * (int) 2654435761L + (int) crc.getValue();
      h ^= h >>> 16;
      h *= 0x85EBCA6B;
      h ^= h >>> 13;
      h *= 0xC2B2AE35;
      h ^= h >>> 16;
      values[i] = (float) ((h & 0xFFFFFFFFL) / 0x1p31 - 1);
    }
    return values;
  }
}
