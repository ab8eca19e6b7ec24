package partita.models.image;

/**
 * Which source positions make up each target position, with what weight: for each target position
 * the first source position and the weights from there on, normalized to one and then rounded to
 * {@link #FRACTION_BITS} fractional bits, as PIL does.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Taps(int[] first, int[][] weights) {
  /** 8 bits of result and 2 bits of head room for negative lobes leave 22 of 32. */
  static final int FRACTION_BITS = 32 - 8 - 2;

  static Taps of(int source, int target, Filter filter) {
    double scale = (double) source / target;
    double stretch = Math.max(scale, 1);
    double support = filter.support() * stretch;
    int[] first = new int[target];
    int[][] weights = new int[target][];
    for (int i = 0; i < target; i++) {
      double center = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (center - support + 0.5));
      int end = Math.min(source, (int) (center + support + 0.5));
      double[] exact = new double[end - first[i]];
      double sum = 0;
      for (int j = 0; j < exact.length; j++) {
        exact[j] = filter.weight((j + first[i] - center + 0.5) * (1 / stretch));
        sum += exact[j];
      }
      weights[i] = rounded(exact, sum);
    }
    return new Taps(first, weights);
  }

  private static int[] rounded(double[] exact, double sum) {
    int[] weights = new int[exact.length];
    for (int j = 0; j < exact.length; j++) {
      double scaled = exact[j] / sum * (1 << FRACTION_BITS);
      weights[j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return weights;
  }
}
