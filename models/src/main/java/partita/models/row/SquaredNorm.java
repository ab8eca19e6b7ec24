package partita.models.row;

/** Squared L2 norm of a row in float64, and with it the check that every value is finite. */
final class SquaredNorm {

  private SquaredNorm() {}

  /**
   * A square of a float32 cannot overflow float64, so the sum is finite exactly when every value
   * is.
   *
   * @param row index of the vector, for the message
   * @throws IllegalArgumentException when a value is NaN or infinite
   */
  static double of(float[] vector, long row) {
    // Four partial sums, so that the additions need not wait for each other.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 3 < vector.length; j += 4) {
      a += (double) vector[j] * vector[j];
      b += (double) vector[j + 1] * vector[j + 1];
      c += (double) vector[j + 2] * vector[j + 2];
      d += (double) vector[j + 3] * vector[j + 3];
    }
    for (; j < vector.length; j++) {
      a += (double) vector[j] * vector[j];
    }
    double sum = (a + b) + (c + d);
    if (!Double.isFinite(sum)) {
      throw notFinite(vector, row);
    }
    return sum;
  }

  private static IllegalArgumentException notFinite(float[] vector, long row) {
    int j = 0;
    while (Float.isFinite(vector[j])) {
      j++;
    }
    return new IllegalArgumentException(
        "Cannot use row "
            + row
            + ": value "
            + j
            + " is "
            + vector[j]
            + ", expected finite numbers; check the stage that wrote the rows");
  }
}
