package partita.models.metric;

/** What the scatter of n rows is divided by; protocols of the same name differ in it. */
public enum CovarianceEstimate {
  /** By n - 1, unbiased: pytorch-fid, torch-fidelity, clean-fid ({@code numpy.cov}). */
  SAMPLE(1),

  /** By n: stylegan2-ada ({@code FeatureStats.get_mean_cov}). */
  POPULATION(0);

  private final int lessThanRows;

  CovarianceEstimate(int lessThanRows) {
    this.lessThanRows = lessThanRows;
  }

  /** The divisor for so many rows. */
  double divisor(long rows) {
    return rows - (double) lessThanRows;
  }
}
