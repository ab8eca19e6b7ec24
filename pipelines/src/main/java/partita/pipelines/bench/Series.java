package partita.pipelines.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Repeated measurements of one quantity.
 *
 * @param median the middle one; of an even number the mean of the two in the middle
 */
public record Series(double median, double min, double max) {

  static Series of(List<Measurement> measurements, ToDoubleFunction<Measurement> quantity) {
    double[] values = measurements.stream().mapToDouble(quantity).toArray();
    Arrays.sort(values);
    int middle = values.length / 2;
    double median =
        values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return new Series(median, values[0], values[values.length - 1]);
  }
}
