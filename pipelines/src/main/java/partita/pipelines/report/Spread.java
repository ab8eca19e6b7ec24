package partita.pipelines.report;

import java.util.List;

/**
 * Mean and spread of a metric over sampling seeds.
 *
 * @param std sample standard deviation (n - 1), NaN for a single value
 */
record Spread(double mean, double std, int count) {

  static Spread of(List<MetricValues.Value> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(MetricValues.Value::value).sum() / n;
    double squares =
        values.stream().mapToDouble(one -> (one.value() - mean) * (one.value() - mean)).sum();
    return new Spread(mean, n > 1 ? Math.sqrt(squares / (n - 1)) : Double.NaN, n);
  }
}
