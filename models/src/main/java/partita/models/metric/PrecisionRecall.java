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
    BallCounts counts = BallCounts.of(real, generated, true);
    return new PrecisionRecall(
        BallCounts.share(counts.realAroundGenerated()),
        BallCounts.share(counts.generatedAroundReal()));
  }
}
