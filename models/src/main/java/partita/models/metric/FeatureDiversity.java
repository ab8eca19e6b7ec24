package partita.models.metric;

import java.nio.FloatBuffer;
import java.util.List;
import partita.models.row.NormalizedRows;
import partita.models.row.RowSource;

/**
 * How much the samples of one instance differ: the cosine distance {@code 1 - cos(f_i, f_j)}
 * between features, 0 to 2, averaged over the unordered pairs of samples of an instance and then
 * over instances. Instances with a single sample have no pair and are left out. The definition is
 * ours; {@link PerceptualDiversity#ofConditions} is the same average with another distance.
 *
 * @param value mean over instances
 * @param instances how many had a pair
 */
public record FeatureDiversity(double value, int instances) {

  /**
   * Diversity of samples.
   *
   * @param features {@code [N, D]}
   * @param instance what each sample was conditioned on, {@code [N]}
   * @throws IllegalArgumentException when the counts differ, no instance has two samples or a value
   *     is not finite
   */
  public static FeatureDiversity of(RowSource features, long[] instance) {
    if (features.rows() != instance.length) {
      throw new IllegalArgumentException(
          "Cannot measure diversity: found %d features and %d instances, expected as many"
              .formatted(features.rows(), instance.length));
    }
    RowSource unit = new NormalizedRows(features);
    List<int[]> groups = ConditionGroups.withPairs(instance);
    double sum = 0;
    for (int[] rows : groups) {
      sum += meanDistance(unit, rows);
    }
    return new FeatureDiversity(sum / groups.size(), groups.size());
  }

  /** Over pairs, the sum of cosines is {@code (|sum u|^2 - sum |u|^2) / 2}: no pair is visited. */
  private static double meanDistance(RowSource unit, int[] rows) {
    float[] vector = new float[unit.width()];
    double[] total = new double[unit.width()];
    double squares = 0;
    for (int row : rows) {
      unit.read(row, 1, FloatBuffer.wrap(vector));
      for (int j = 0; j < vector.length; j++) {
        total[j] += vector[j];
        squares += (double) vector[j] * vector[j];
      }
    }
    double square = 0;
    for (double value : total) {
      square += value * value;
    }
    double pairs = rows.length * (rows.length - 1.0) / 2;
    return 1 - (square - squares) / 2 / pairs;
  }
}
