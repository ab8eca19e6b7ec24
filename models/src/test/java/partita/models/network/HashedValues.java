package partita.models.network;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Numbers that {@code biggan_reference.py} computes alike: a hash of a name and an index, in [-1,
 * 1).
 */
final class HashedValues {
  private HashedValues() {}

  static float[] of(String name, int count) {
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
