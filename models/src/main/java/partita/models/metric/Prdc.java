package partita.models.metric;

import java.util.Arrays;

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
    BallCounts counts = BallCounts.of(real, generated, false);
    long balls = Arrays.stream(counts.realAroundGenerated()).sum();
    return new Prdc(
        BallCounts.share(counts.realAroundGenerated()),
        BallCounts.share(counts.generatedAroundReal()),
        (double) balls / ((long) real.k() * counts.realAroundGenerated().length),
        BallCounts.share(counts.generatedInReal()));
  }
}
