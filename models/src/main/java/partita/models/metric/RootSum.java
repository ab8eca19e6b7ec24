package partita.models.metric;

/**
 * A sum of fractions {@code sum w x / (x + s)} that is the square root of every {@code x} in an
 * interval, to a relative error of 1e-11 at most (Hale, Higham and Trefethen, "Computing A^alpha,
 * log(A), and related matrix functions by contour integrals", SIAM J. Numer. Anal. 46, 2008, method
 * 3: the trapezoidal rule after a change of variable by Jacobi's elliptic functions). Below the
 * interval it falls to 0 at 0.
 *
 * @param shifts {@code s}, above 0
 * @param weights {@code w}, above 0
 */
@SuppressWarnings("ArrayRecordComponent")
record RootSum(double[] shifts, double[] weights) {
  /**
   * Relative error, apart from rounding, that N fractions are taken for: it is {@code exp(-2 pi^2 N
   * / (log(largest / smallest) + 3))}.
   */
  private static final double ERROR = 1e-13;

  /** The sum for an interval of numbers above 0, the largest at most 1e15 times the smallest. */
  static RootSum over(double smallest, double largest) {
    double spread = Math.log(largest / smallest) + 3;
    int pairs = (int) Math.ceil(-Math.log(ERROR) * spread / (4 * Math.PI * Math.PI));
    int count = 2 * pairs;
    double ratio = smallest / largest;
    Landen landen = Landen.ofComplement(ratio);
    double scale = 2 * landen.quarterPeriod() * Math.sqrt(smallest) / (Math.PI * count);
    double[] shifts = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < pairs; i++) {
      double phase = landen.amplitude((i + 0.5) / count);
      double sn = Math.sin(phase);
      double cn = Math.cos(phase);
      double dn = Math.sqrt(cn * cn + ratio * sn * sn);
      shifts[i] = smallest * (sn / cn) * (sn / cn);
      weights[i] = scale * dn / (cn * cn);
      // The elliptic functions of what is left to a quarter of the period.
      shifts[count - 1 - i] = largest * (cn / sn) * (cn / sn);
      weights[count - 1 - i] = scale * dn / (sn * sn) * Math.sqrt(largest / smallest);
    }
    return new RootSum(shifts, weights);
  }

  /**
   * The arithmetic-geometric means that give Jacobi's elliptic functions of one parameter
   * (Abramowitz and Stegun, "Handbook of Mathematical Functions", 16.4 and 17.6).
   *
   * @param means {@code a}, from 1 to the limit
   * @param differences {@code c}
   */
  private record Landen(double[] means, double[] differences) {
    /** As many as the parameter 1 - 1e-15 takes. */
    private static final int STEPS = 9;

    /** For the parameter {@code 1 - complement}. */
    static Landen ofComplement(double complement) {
      double[] a = new double[STEPS];
      double[] c = new double[STEPS];
      double b = Math.sqrt(complement);
      a[0] = 1;
      for (int i = 1; i < STEPS; i++) {
        a[i] = (a[i - 1] + b) / 2;
        c[i] = (a[i - 1] - b) / 2;
        b = Math.sqrt(a[i - 1] * b);
      }
      return new Landen(a, c);
    }

    double quarterPeriod() {
      return Math.PI / (2 * means[STEPS - 1]);
    }

    /** The amplitude of a part of a quarter of the period. */
    double amplitude(double part) {
      double phase = Math.scalb(part * Math.PI / 2, STEPS - 1);
      for (int i = STEPS - 1; i > 0; i--) {
        phase = (phase + Math.asin(differences[i] / means[i] * Math.sin(phase))) / 2;
      }
      return phase;
    }
  }
}
