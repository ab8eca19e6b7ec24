package partita.models.neighbor;

import java.util.Arrays;

/**
 * The {@code k} best candidates of each of some rows, in binary heaps with the worst on top. Higher
 * scores win; of equal scores the smaller id wins, so the result does not depend on the order of
 * the offers.
 *
 * <p>A candidate is one long that ranks as it does: above the score, its bits in an order that a
 * signed compare understands, below the complement of the id.
 */
final class Candidates {
  private final int k;
  private final int stride;
  private final long[] heaps;
  private final int[] sizes;
  private final float[] thresholds;

  Candidates(int rows, int k) {
    this.k = k;
    // An odd number of places, so that every place has two children or none: the last one is for
    // a candidate that never was and never rises.
    stride = k | 1;
    heaps = new long[Math.multiplyExact(rows, stride)];
    Arrays.fill(heaps, Long.MAX_VALUE);
    sizes = new int[rows];
    thresholds = new float[rows];
    Arrays.fill(thresholds, Float.NEGATIVE_INFINITY);
  }

  /** A row's candidates below this score cannot enter: one compare rejects almost all of them. */
  float threshold(int row) {
    return thresholds[row];
  }

  /**
   * One candidate.
   *
   * @throws ArithmeticException when the score is NaN or infinite
   */
  static long candidate(int id, float score) {
    if (!Float.isFinite(score)) {
      throw new ArithmeticException(
          "Cannot rank row %d among neighbors: its inner products overflow float32; scale the rows down"
              .formatted(id));
    }
    // The sum makes +0 of -0, which must not rank below it.
    return (long) ordered(Float.floatToRawIntBits(score + 0f)) << 32 | (~id & 0xffffffffL);
  }

  /**
   * Offers candidates to a row. Many at a time are taken by selection, which costs a fifth of as
   * many single insertions.
   *
   * @param batch the first {@code count}; has room for {@code k} more and is overwritten
   */
  void offer(int row, long[] batch, int count) {
    int size = sizes[row];
    if (size < k || count > k / 2) {
      select(row, batch, count);
      return;
    }
    int top = row * stride;
    for (int i = 0; i < count; i++) {
      if (batch[i] > heaps[top]) {
        sink(top, 0, batch[i]);
      }
    }
    thresholds[row] = score(heaps[top]);
  }

  private void select(int row, long[] batch, int count) {
    int top = row * stride;
    System.arraycopy(heaps, top, batch, count, sizes[row]);
    int all = count + sizes[row];
    int size = Math.min(k, all);
    if (all > k) {
      Selection.best(batch, all, k);
    }
    System.arraycopy(batch, 0, heaps, top, size);
    sizes[row] = size;
    if (size == k) {
      for (int slot = k / 2 - 1; slot >= 0; slot--) {
        sink(top, slot, heaps[top + slot]);
      }
      thresholds[row] = score(heaps[top]);
    }
  }

  /** Places a candidate at a slot or below it, where all others are in order. */
  private void sink(int top, int start, long candidate) {
    int slot = start;
    int child = 2 * slot + 1;
    while (child < k) {
      // A conditional move, as either child is the worse one half of the time.
      child = heaps[top + child + 1] < heaps[top + child] ? child + 1 : child;
      if (candidate <= heaps[top + child]) {
        break;
      }
      heaps[top + slot] = heaps[top + child];
      slot = child;
      child = 2 * slot + 1;
    }
    heaps[top + slot] = candidate;
  }

  /**
   * Moves the candidates out.
   *
   * @param first index of the first row in its source
   */
  NeighborLists drain(long first) {
    NeighborLists lists = NeighborLists.empty(first, sizes.length, k);
    for (int row = 0; row < sizes.length; row++) {
      int top = row * stride;
      int size = sizes[row];
      Arrays.sort(heaps, top, top + size);
      for (int j = 0; j < size; j++) {
        long candidate = heaps[top + size - 1 - j];
        lists.ids()[row * k + j] = ~(int) candidate;
        lists.similarities()[row * k + j] = score(candidate);
      }
    }
    Arrays.fill(sizes, 0);
    Arrays.fill(thresholds, Float.NEGATIVE_INFINITY);
    return lists;
  }

  private static float score(long candidate) {
    return Float.intBitsToFloat(ordered((int) (candidate >> 32)));
  }

  /** Bits of a float as an int that compares as the float does, and back. */
  private static int ordered(int bits) {
    return bits ^ (bits >> 31 & 0x7fffffff);
  }
}
