package partita.models.random;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Counter-based random numbers: each value is a pure function of (seed, stream, step, row, index),
 * so a resumed, sharded or reordered computation draws the same numbers. Philox4x32-10 (Salmon et
 * al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011); normals by Box-Muller in {@link
 * StrictMath}, equal on every JVM.
 */
public final class CounterRandom {
  private static final int M0 = 0xD2511F53;
  private static final int M1 = 0xCD9E8D57;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final double UNIT = 0x1.0p-53;
  private static final float FLOAT_UNIT = 0x1.0p-24f;

  private final int key0;
  private final int key1;

  /**
   * @param seed seed of the stage
   * @param stream what the numbers are for, {@code latent} or {@code flip}; streams of one seed are
   *     independent
   */
  public CounterRandom(long seed, String stream) {
    CRC32 crc = new CRC32();
    crc.update(stream.getBytes(StandardCharsets.UTF_8));
    int[] mixed =
        philox((int) crc.getValue(), stream.length(), 0, 0, (int) seed, (int) (seed >>> 32));
    this.key0 = mixed[0];
    this.key1 = mixed[1];
  }

  /** 64 uniform bits. {@code row} and {@code index} are taken modulo 2^32. */
  public long bits(long step, long row, long index) {
    int[] words = philox((int) index, (int) row, (int) step, (int) (step >>> 32), key0, key1);
    return (words[0] & 0xFFFFFFFFL) << 32 | (words[1] & 0xFFFFFFFFL);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double uniform(long step, long row, long index) {
    return (bits(step, row, index) >>> 11) * UNIT;
  }

  /** Uniform integer in [0, bound). */
  public int below(int bound, long step, long row, long index) {
    if (bound < 1) {
      throw new IllegalArgumentException("Cannot draw below " + bound + ": expected at least 1");
    }
    return (int) (uniform(step, row, index) * bound);
  }

  /** Fills {@code target[offset .. offset + count)} with standard normals of one row. */
  public void normals(long step, long row, float[] target, int offset, int count) {
    for (int i = 0; i < count; i += 2) {
      int[] w = philox(i / 2, (int) row, (int) step, (int) (step >>> 32), key0, key1);
      double u = (((w[0] & 0xFFFFFFFFL) << 21 | (w[1] & 0xFFFFFFFFL) >>> 11) + 1) * UNIT;
      double v = ((w[2] & 0xFFFFFFFFL) << 21 | (w[3] & 0xFFFFFFFFL) >>> 11) * UNIT;
      double radius = StrictMath.sqrt(-2.0 * StrictMath.log(u));
      target[offset + i] = (float) (radius * StrictMath.cos(2.0 * Math.PI * v));
      if (i + 1 < count) {
        target[offset + i + 1] = (float) (radius * StrictMath.sin(2.0 * Math.PI * v));
      }
    }
  }

  /**
   * Fills {@code target[offset .. offset + count)} with uniform numbers in [0, 1) of one row, 24
   * bits each: four for the cost of one {@link #uniform}.
   */
  public void uniforms(long step, long row, float[] target, int offset, int count) {
    for (int i = 0; i < count; i += 4) {
      int[] w = philox(i / 4, (int) row, (int) step, (int) (step >>> 32), key0, key1);
      for (int j = 0; j < Math.min(4, count - i); j++) {
        target[offset + i + j] = (w[j] >>> 8) * FLOAT_UNIT;
      }
    }
  }

  /** A permutation of 0 .. n-1 that belongs to {@code step} (an epoch, say), by Fisher-Yates. */
  public int[] permutation(int n, long step) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1, step, 0, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Ten rounds of Philox4x32. */
  static int[] philox(int c0, int c1, int c2, int c3, int k0, int k1) {
    for (int round = 0; round < 10; round++) {
      long p0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long p1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    return new int[] {c0, c1, c2, c3};
  }
}
