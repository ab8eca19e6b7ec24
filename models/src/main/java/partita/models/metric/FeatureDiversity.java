package partita.models.metric;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import partita.models.row.NormalizedRows;
import partita.models.row.RowSource;

/**
 * How much the samples of one instance differ: the cosine distance {@code 1 - cos(f_i, f_j)}
 * between features, 0 to 2, averaged over the unordered pairs of samples of an instance and then
 * over instances. Instances with a single sample have no pair and are left out. The definition is
 * ours; LPIPS diversity is the same average with another distance.
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
    int[] order =
        IntStream.range(0, instance.length)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> instance[i]).thenComparingInt(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    RowSource unit = new NormalizedRows(features);
    double sum = 0;
    int instances = 0;
    for (int start = 0, end; start < order.length; start = end) {
      end = start + 1;
      while (end < order.length && instance[order[end]] == instance[order[start]]) {
        end++;
      }
      if (end - start > 1) {
        sum += meanDistance(unit, Arrays.copyOfRange(order, start, end));
        instances++;
      }
    }
    if (instances == 0) {
      throw new IllegalArgumentException(
          "Cannot measure diversity: no instance has two samples; draw more samples an instance");
    }
    return new FeatureDiversity(sum / instances, instances);
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
