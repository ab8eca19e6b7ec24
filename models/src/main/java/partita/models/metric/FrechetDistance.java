package partita.models.metric;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Frechet distance between two Gaussians (Heusel et al., "GANs trained by a two time-scale update
 * rule", NeurIPS 2017, equation 6): {@code |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))}, float64,
 * covariance with n - 1. The trace of the root is the sum of the roots of the eigenvalues of the
 * symmetric {@code C1^(1/2) C2 C1^(1/2)}, exact for rank-deficient covariances too. With the
 * official Inception features this is FID; with any other network it is not, and must not be called
 * so.
 *
 * @param value the distance, at least 0 up to rounding
 * @param warning why the value is biased, if it is: fewer rows than dimensions
 */
public record FrechetDistance(double value, Optional<String> warning) {

  /**
   * The distance between two sets of features, given by their moments.
   *
   * @throws IllegalArgumentException when the dimensions differ or a set has fewer than two rows
   */
  public static FrechetDistance between(Moments first, Moments second) {
    if (first.width() != second.width()) {
      throw new IllegalArgumentException(
          "Cannot compare features: found %d and %d dimensions, expected equal; use one network for both"
              .formatted(first.width(), second.width()));
    }
    DMatrixRMaj c1 = matrix(first);
    DMatrixRMaj c2 = matrix(second);
    double distance = 0;
    for (int i = 0; i < first.width(); i++) {
      double shift = first.mean()[i] - second.mean()[i];
      distance += shift * shift;
    }
    double traces = CommonOps_DDRM.trace(c1) + CommonOps_DDRM.trace(c2);
    return new FrechetDistance(
        distance + traces - 2 * traceOfRoot(c1, c2),
        warning(Math.min(first.count(), second.count()), first.width()));
  }

  /** {@code tr (C1 C2)^(1/2)} by {@code A' C2 A} with {@code A A' = C1}, null space left out. */
  private static double traceOfRoot(DMatrixRMaj c1, DMatrixRMaj c2) {
    DMatrixRMaj root = root(c1);
    if (root.numCols == 0) {
      return 0;
    }
    DMatrixRMaj half = new DMatrixRMaj(c2.numRows, root.numCols);
    CommonOps_DDRM.mult(c2, root, half);
    DMatrixRMaj product = new DMatrixRMaj(root.numCols, root.numCols);
    CommonOps_DDRM.multTransA(root, half, product);
    SymmetricEigen eigen = SymmetricEigen.of(product, false);
    double trace = 0;
    for (int i = 0; i < eigen.size(); i++) {
      if (eigen.value(i) > eigen.rounding()) {
        trace += Math.sqrt(eigen.value(i));
      }
    }
    return trace;
  }

  /** {@code A [D, rank]} with {@code A A' = C}. */
  private static DMatrixRMaj root(DMatrixRMaj covariance) {
    SymmetricEigen eigen = SymmetricEigen.of(covariance, true);
    double rounding = eigen.rounding();
    DMatrixRMaj root = new DMatrixRMaj(covariance.numRows, 0);
    int rank = 0;
    for (int i = 0; i < eigen.size(); i++) {
      rank += eigen.value(i) > rounding ? 1 : 0;
    }
    root.reshape(covariance.numRows, rank);
    int column = 0;
    for (int i = 0; i < eigen.size(); i++) {
      if (eigen.value(i) > rounding) {
        double scale = Math.sqrt(eigen.value(i));
        DMatrixRMaj vector = eigen.vector(i);
        for (int row = 0; row < root.numRows; row++) {
          root.set(row, column, scale * vector.get(row));
        }
        column++;
      }
    }
    return root;
  }

  private static DMatrixRMaj matrix(Moments moments) {
    return DMatrixRMaj.wrap(moments.width(), moments.width(), moments.covariance());
  }

  private static Optional<String> warning(long rows, int width) {
    return rows >= width
        ? Optional.empty()
        : Optional.of(
            "%d rows are fewer than the %d dimensions: the covariance is rank-deficient and the distance biased upwards"
                .formatted(rows, width));
  }
}
