package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;
import partita.transforms.metric.BaselineTask;
import partita.transforms.metric.ClusterRows;
import partita.transforms.metric.PointCeilingTask;
import partita.transforms.metric.StackedDigitsCeilingTask;

/**
 * Every metric value of a run by what it tells of: samples of a step, real data among themselves,
 * the clusters of a round, an average over the last steps, or a network that was trained on the
 * way.
 *
 * @param ofSamples values of generated images or points, of stages that name a step
 * @param ofReal values of real data against real data: what a perfect generator would score
 * @param ofClusters values without generated images or points, of stages that name a step
 * @param ofCheckpoints averages of samples' values over several steps
 * @param ofNetworks values of stages that trained a network, the classifier's accuracy
 */
record MetricValues(
    List<Value> ofSamples,
    List<Value> ofReal,
    List<Value> ofClusters,
    List<Average> ofCheckpoints,
    List<Value> ofNetworks) {
  private static final String PROTOCOL = "protocol.";
  private static final String NETWORK = PROTOCOL + "network";

  static final MetricValues NONE =
      new MetricValues(List.of(), List.of(), List.of(), List.of(), List.of());

  /**
   * One row of a {@link MetricTable}.
   *
   * @param settings the protocol's settings, {@code neighbors 5, splits 10}
   */
  record Value(
      StageName stage,
      String metric,
      double value,
      double std,
      long real,
      long generated,
      String network,
      String protocol,
      String settings) {}

  /** A mean over the last committed steps of a run, not over its best. */
  record Average(String metric, int checkpoints, double mean, double std) {}

  static MetricValues read(RunTables tables) throws IOException {
    List<Value> samples = new ArrayList<>();
    List<Value> real = new ArrayList<>();
    List<Value> clusters = new ArrayList<>();
    List<Average> averages = new ArrayList<>();
    List<Value> networks = new ArrayList<>();
    for (RunTables.Table table : tables.named(MetricTable.NAME)) {
      for (Value value : read(tables, table)) {
        if (realToReal(value)) {
          addOnce(real, value);
        } else if (value.stage().iterated()) {
          if (value.generated() > 0) {
            samples.add(value);
          } else if (value.protocol().equals(ClusterRows.PROTOCOL)) {
            clusters.add(value);
          }
        } else if (value.generated() > 0) {
          if (steps(table) > 1) {
            averages.add(new Average(value.metric(), steps(table), value.value(), value.std()));
          }
        } else if (trainedNetwork(value)) {
          networks.add(value);
        }
      }
    }
    return new MetricValues(samples, real, clusters, averages, networks);
  }

  private static boolean realToReal(Value value) {
    return value.protocol().equals(BaselineTask.REAL_HALVES)
        || value.protocol().startsWith(PointCeilingTask.REAL_POINTS)
        || value.protocol().startsWith(StackedDigitsCeilingTask.REAL_IMAGES);
  }

  /** Whether a network was judged: the value names none that judged, and no clusters. */
  private static boolean trainedNetwork(Value value) {
    return value.network().isEmpty() && !value.protocol().equals(ClusterRows.PROTOCOL);
  }

  /** Steps of the scores that a table was made from. */
  private static int steps(RunTables.Table table) {
    return (int)
        table.artifact().inputs().keySet().stream()
            .map(StageName::parse)
            .filter(input -> input.seed() >= 0)
            .mapToLong(StageName::step)
            .distinct()
            .count();
  }

  /** Leaves out the repetition of a value in a summary of metrics. */
  private static void addOnce(List<Value> values, Value added) {
    boolean known =
        values.stream()
            .anyMatch(
                value ->
                    value.metric().equals(added.metric())
                        && value.network().equals(added.network()));
    if (!known) {
      values.add(added);
    }
  }

  private static List<Value> read(RunTables tables, RunTables.Table table) throws IOException {
    try (TableReader reader = tables.open(table)) {
      double[] values = reader.doubles(MetricTable.VALUE);
      double[] stds = reader.doubles(MetricTable.STD);
      long[] real = reader.longs(MetricTable.REAL_COUNT);
      long[] generated = reader.longs(MetricTable.GENERATED_COUNT);
      String settings = settings(table);
      List<Value> rows = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        rows.add(
            new Value(
                table.stage(),
                reader.text(MetricTable.METRIC, i),
                values[i],
                stds[i],
                real[i],
                generated[i],
                reader.text(MetricTable.NETWORK, i),
                reader.text(MetricTable.PROTOCOL, i),
                settings));
      }
      return rows;
    }
  }

  private static String settings(RunTables.Table table) {
    return table.artifact().parameters().entrySet().stream()
        .filter(parameter -> parameter.getKey().startsWith(PROTOCOL))
        .filter(parameter -> !parameter.getKey().equals(NETWORK))
        .map(
            parameter ->
                parameter.getKey().substring(PROTOCOL.length()) + " " + parameter.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The value of a metric of real data against real data, NaN when there is none. */
  double realToReal(String metric) {
    return ofReal.stream()
        .filter(value -> value.metric().equals(metric))
        .mapToDouble(Value::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The average of a metric over the last steps, of no step when there is none. */
  Average average(String metric) {
    return ofCheckpoints.stream()
        .filter(average -> average.metric().equals(metric))
        .findFirst()
        .orElse(new Average(metric, 0, Double.NaN, Double.NaN));
  }

  /** The metrics of samples, in the order in which they were written. */
  List<String> metrics() {
    return ofSamples.stream().map(Value::metric).distinct().toList();
  }

  /** The steps at which a metric of samples was taken, rising. */
  List<Long> steps(String metric) {
    return ofSamples.stream()
        .filter(value -> value.metric().equals(metric))
        .map(value -> value.stage().step())
        .distinct()
        .sorted()
        .toList();
  }

  /** The values of a metric at a step, one for each sampling seed. */
  List<Value> at(String metric, long step) {
    return ofSamples.stream()
        .filter(value -> value.metric().equals(metric) && value.stage().step() == step)
        .toList();
  }
}
