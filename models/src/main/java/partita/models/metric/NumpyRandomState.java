package partita.models.metric;

/**
 * NumPy's {@code RandomState(seed)}: the Mersenne twister MT19937 (Matsumoto and Nishimura, 1998)
 * and the shuffle by rejected masks on it. Published protocols draw their subsets so; with the same
 * draws a figure differs from theirs by rounding alone.
 */
final class NumpyRandomState {
  private static final int STATE = 624;
  private static final int SHIFT = 397;
  private static final int TWIST = 0x9908b0df;

  private final int[] key = new int[STATE];
  private int position = STATE;

  NumpyRandomState(int seed) {
    key[0] = seed;
    for (int i = 1; i < STATE; i++) {
      key[i] = 1812433253 * (key[i - 1] ^ key[i - 1] >>> 30) + i;
    }
  }

  /** {@code choice(n, count, replace=False)}: the first of a permutation of {@code 0 .. n - 1}. */
  int[] choice(int n, int count) {
    int[] chosen = new int[count];
    System.arraycopy(permutation(n), 0, chosen, 0, count);
    return chosen;
  }

  /** {@code permutation(n)}. */
  int[] permutation(int n) {
    int[] permutation = new int[n];
    for (int i = 0; i < n; i++) {
      permutation[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = below(i);
      int moved = permutation[i];
      permutation[i] = permutation[j];
      permutation[j] = moved;
    }
    return permutation;
  }

  /** Uniform in {@code [0, max]}, max at least 1. */
  private int below(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value = next() & mask;
    while (value > max) {
      value = next() & mask;
    }
    return value;
  }

  private int next() {
    if (position == STATE) {
      refill();
    }
    int y = key[position++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private void refill() {
    for (int i = 0; i < STATE; i++) {
      int y = key[i] & 0x80000000 | key[(i + 1) % STATE] & 0x7fffffff;
      key[i] = key[(i + SHIFT) % STATE] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : TWIST);
    }
    position = 0;
  }
}
