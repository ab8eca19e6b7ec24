package partita.models.metric;

/**
 * Improved precision and recall (Kynkaanniemi et al., NeurIPS 2019, equations 1 and 2): a sample is
 * covered when it lies within ({@code <=}) the distance of any sample of the other set to that
 * sample's k-th neighbor, itself excluded.
 *
 * @param precision share of generated samples covered by real ones, 0 to 1
 * @param recall share of real samples covered by generated ones, 0 to 1
 */
public record PrecisionRecall(double precision, double recall) {
  /** Neighbor of the published protocol. */
  public static final int K = 3;

  /**
   * Precision and recall of two sets of features.
   *
   * @throws IllegalArgumentException when the dimensions differ
   */
  public static PrecisionRecall of(Manifold real, Manifold generated) {
    double[] realRadii = real.squaredRadii();
    double[] generatedRadii = generated.squaredRadii();
    boolean[] realCovered = new boolean[realRadii.length];
    boolean[] generatedCovered = new boolean[generatedRadii.length];
    PairwiseDistances.forEach(
        real.features(),
        generated.features(),
        (i, first, squared, count) -> {
          for (int j = 0; j < count; j++) {
            generatedCovered[first + j] |= squared[j] <= realRadii[i];
            realCovered[i] |= squared[j] <= generatedRadii[first + j];
          }
        });
    return new PrecisionRecall(share(generatedCovered), share(realCovered));
  }

  private static double share(boolean[] covered) {
    int count = 0;
    for (boolean one : covered) {
      count += one ? 1 : 0;
    }
    return (double) count / covered.length;
  }
}
