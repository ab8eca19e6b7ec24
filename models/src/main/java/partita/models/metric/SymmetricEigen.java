package partita.models.metric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues and eigenvectors of a symmetric matrix in float64. */
final class SymmetricEigen {
  private final EigenDecomposition_F64<DMatrixRMaj> decomposition;

  private SymmetricEigen(EigenDecomposition_F64<DMatrixRMaj> decomposition) {
    this.decomposition = decomposition;
  }

  /**
   * Decomposes a symmetric matrix.
   *
   * @param matrix left unchanged
   * @param vectors whether {@link #vector} will be asked for
   */
  static SymmetricEigen of(DMatrixRMaj matrix, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> decomposition =
        DecompositionFactory_DDRM.eig(matrix.numRows, vectors, true);
    if (!decomposition.decompose(matrix.copy())) {
      throw new ArithmeticException(
          "Cannot find the eigenvalues of a "
              + matrix.numRows
              + " x "
              + matrix.numRows
              + " matrix: the iteration did not converge");
    }
    return new SymmetricEigen(decomposition);
  }

  int size() {
    return decomposition.getNumberOfEigenvalues();
  }

  double value(int index) {
    return decomposition.getEigenvalue(index).getReal();
  }

  DMatrixRMaj vector(int index) {
    return decomposition.getEigenVector(index);
  }

  /** Eigenvalues below this are rounding: zero in exact arithmetic, as far as anyone can tell. */
  double rounding() {
    double largest = 0;
    for (int i = 0; i < size(); i++) {
      largest = Math.max(largest, Math.abs(value(i)));
    }
    return largest * size() * Math.ulp(1.0);
  }
}
