package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;

/**
 * Frechet distance between two Gaussians (Heusel et al., "GANs trained by a two time-scale update
 * rule", NeurIPS 2017, equation 6): {@code |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))}, float64.
 * The trace of the root is the sum of the roots of the eigenvalues of the symmetric {@code C1^(1/2)
 * C2 C1^(1/2)}, which rank-deficient covariances have too; torch-fidelity's sum over the
 * eigenvalues of {@code C1 C2} is the same number, but for what rounding makes of zeros. With the
 * official Inception features this is FID; with any other network it is not, and must not be called
 * so.
 *
 * @param value the distance, at least 0 up to rounding
 * @param warning why the value is biased, if it is: fewer rows than dimensions
 */
public record FrechetDistance(double value, Optional<String> warning) {

  /** The distance with covariances by n - 1, as most protocols have it. */
  public static FrechetDistance between(Moments first, Moments second) {
    return between(first, second, CovarianceEstimate.SAMPLE);
  }

  /**
   * The distance between two sets of features, given by their moments.
   *
   * @throws IllegalArgumentException when the dimensions differ or a set has fewer than two rows
   */
  public static FrechetDistance between(
      Moments first, Moments second, CovarianceEstimate estimate) {
    SameWidth.require(first.width(), second.width());
    int width = first.width();
    double distance;
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray c1 = first.covariance(scope, estimate);
      NDArray c2 = second.covariance(scope, estimate);
      boolean inOrder = first.count() <= second.count();
      distance = -2 * TraceOfRoot.of(inOrder ? c1 : c2, inOrder ? c2 : c1);
    }
    double[] variances1 = first.variances(estimate);
    double[] variances2 = second.variances(estimate);
    for (int i = 0; i < width; i++) {
      double shift = first.mean()[i] - second.mean()[i];
      distance += shift * shift + variances1[i] + variances2[i];
    }
    return new FrechetDistance(distance, warning(Math.min(first.count(), second.count()), width));
  }

  private static Optional<String> warning(long rows, int width) {
    return rows >= width
        ? Optional.empty()
        : Optional.of(
            "%d rows are fewer than the %d dimensions: the covariance is rank-deficient and the distance biased upwards"
                .formatted(rows, width));
  }
}
