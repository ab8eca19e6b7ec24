package partita.models.metric;

/**
 * Precision, recall, density and coverage (Naeem et al., "Reliable fidelity and diversity metrics
 * for generative models", ICML 2020). Balls are open ({@code <}); a radius is the distance to the
 * k-th neighbor, itself excluded.
 *
 * @param precision share of generated samples inside any real sample's ball
 * @param recall share of real samples inside any generated sample's ball
 * @param density real balls around a generated sample, over k, mean; may exceed 1
 * @param coverage share of real samples whose ball holds a generated sample
 */
public record Prdc(double precision, double recall, double density, double coverage) {

  /** Neighbor of the published protocol. */
  public static final int K = 5;

  /**
   * The four figures for two sets of features.
   *
   * @throws IllegalArgumentException when the dimensions or the manifolds' k differ
   */
  public static Prdc of(Manifold real, Manifold generated) {
    if (real.k() != generated.k()) {
      throw new IllegalArgumentException(
          "Cannot compare manifolds of k = %d and %d: expected equal"
              .formatted(real.k(), generated.k()));
    }
    double[] realRadii = real.squaredRadii();
    double[] generatedRadii = generated.squaredRadii();
    int[] ballsAround = new int[generatedRadii.length];
    boolean[] recalled = new boolean[realRadii.length];
    boolean[] covered = new boolean[realRadii.length];
    PairwiseDistances.forEach(
        real.features(),
        generated.features(),
        (i, first, squared, count) -> {
          for (int j = 0; j < count; j++) {
            boolean inside = squared[j] < realRadii[i];
            ballsAround[first + j] += inside ? 1 : 0;
            covered[i] |= inside;
            recalled[i] |= squared[j] < generatedRadii[first + j];
          }
        });
    return of(ballsAround, recalled, covered, real.k());
  }

  private static Prdc of(int[] ballsAround, boolean[] recalled, boolean[] covered, int k) {
    long balls = 0;
    int precise = 0;
    for (int around : ballsAround) {
      balls += around;
      precise += around > 0 ? 1 : 0;
    }
    int recalls = 0;
    int covers = 0;
    for (int i = 0; i < covered.length; i++) {
      recalls += recalled[i] ? 1 : 0;
      covers += covered[i] ? 1 : 0;
    }
    return new Prdc(
        (double) precise / ballsAround.length,
        (double) recalls / recalled.length,
        (double) balls / ((long) k * ballsAround.length),
        (double) covers / covered.length);
  }
}
