package partita.models.metric;

/**
 * How many samples fell into each mode of a distribution whose modes are equally likely: the number
 * of modes covered and the reverse KL divergence to the uniform distribution, {@code KL(p_generated
 * || p_real) = sum_i p_i log(k p_i)} with {@code 0 log 0 = 0} (Liu et al., "Diverse image
 * generation via self-conditioned GANs", CVPR 2020, appendix "Reverse KL details"). The reference
 * takes natural logarithms for points ({@code 2d_mix/evaluation.py}) and decimal ones for images
 * ({@code utils/get_empirical_distribution.py}); both are given under their names. A mode is the
 * nearest mean of a mixture, a class of CIFAR-10, or one of the 1,000 {@link
 * partita.models.embed.DigitModes}. A perfect generator does not score 0 on N samples but about
 * {@code (k - 1) / 2 N} nats.
 *
 * @param samples how many samples were counted, at least 1
 * @param k how many modes there are
 * @param covered modes with at least one sample, 1 to k
 * @param reverseKl in nats, 0 to ln k
 */
public record ModeHistogram(long samples, int k, int covered, double reverseKl) {
  private static final double LN_10 = Math.log(10);

  /**
   * The histogram of samples' modes.
   *
   * @param modes {@code [N]}, each in {@code [0, k)}
   * @throws IllegalArgumentException when there is no sample or a mode is outside
   */
  public static ModeHistogram of(int[] modes, int k) {
    long[] counts = new long[Math.max(k, 0)];
    for (int i = 0; i < modes.length; i++) {
      if (modes[i] < 0 || modes[i] >= k) {
        throw new IllegalArgumentException(
            "Cannot count modes: sample %d is of mode %d, expected 0 to %d"
                .formatted(i, modes[i], k - 1));
      }
      counts[modes[i]]++;
    }
    if (modes.length == 0) {
      throw new IllegalArgumentException("Cannot count modes: no samples, expected at least one");
    }
    return of(counts, modes.length);
  }

  /** {@link #reverseKl} with the decimal logarithm, 0 to log10 k. */
  public double reverseKlLog10() {
    return reverseKl / LN_10;
  }

  private static ModeHistogram of(long[] counts, long samples) {
    int covered = 0;
    double divergence = 0;
    for (long count : counts) {
      if (count > 0) {
        double p = (double) count / samples;
        divergence += p * Math.log(counts.length * p);
        covered++;
      }
    }
    return new ModeHistogram(samples, counts.length, covered, Math.max(0, divergence));
  }
}
