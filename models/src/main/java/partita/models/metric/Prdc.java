package partita.models.metric;

import partita.models.row.RowSource;

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

  /**
   * The four figures for two sets of features.
   *
   * @param real {@code [N, D]}
   * @param generated {@code [M, D]}
   * @param k neighbor that sets the radius; the paper uses 5
   * @throws IllegalArgumentException when a set has not more than {@code k} rows, the dimensions
   *     differ or a value is not finite
   */
  public static Prdc of(RowSource real, RowSource generated, int k) {
    double[] realRadii = NeighborRadii.squared(real, k);
    double[] generatedRadii = NeighborRadii.squared(generated, k);
    int[] ballsAround = new int[generatedRadii.length];
    boolean[] recalled = new boolean[realRadii.length];
    boolean[] covered = new boolean[realRadii.length];
    PairwiseDistances.forEach(
        real,
        generated,
        (i, first, squared, count) -> {
          for (int j = 0; j < count; j++) {
            boolean inside = squared[j] < realRadii[i];
            ballsAround[first + j] += inside ? 1 : 0;
            covered[i] |= inside;
            recalled[i] |= squared[j] < generatedRadii[first + j];
          }
        });
    return of(ballsAround, recalled, covered, k);
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
