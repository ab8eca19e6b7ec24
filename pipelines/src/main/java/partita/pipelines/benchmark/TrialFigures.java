package partita.pipelines.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import partita.pipelines.dag.NearestName;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;
import partita.transforms.metric.BaselineTask;
import partita.transforms.metric.PointCeilingTask;
import partita.transforms.metric.StackedDigitsCeilingTask;

/**
 * The figures of a trial that ended.
 *
 * @param values column to value
 * @param ceiling column to the value of real data, of those columns that have one
 * @param differences in what the protocol was not the paper's
 */
record TrialFigures(
    Map<String, Double> values, Map<String, Double> ceiling, Set<String> differences) {
  private static final String METRICS = "metrics";
  private static final Pattern DIGEST = Pattern.compile(" [0-9a-f]{64}$");

  /** What the protocol of rows starts with that were scored on real data. */
  private static final List<String> OF_REAL =
      List.of(
          BaselineTask.REAL_HALVES,
          PointCeilingTask.REAL_POINTS,
          StackedDigitsCeilingTask.REAL_IMAGES);

  /** One row of a {@link MetricTable}. */
  private record Row(String metric, double value, long samples, String network, String protocol) {

    /** Whether it was scored on real data, for what a perfect generator would reach. */
    boolean ofReal() {
      return OF_REAL.stream().anyMatch(protocol::startsWith);
    }
  }

  /**
   * Reads them.
   *
   * @param summary artifact of the stage {@code summary}
   * @throws IOException when it cannot be read or has no such metric
   */
  static TrialFigures read(Benchmark.Group group, ArtifactStore store, Manifest summary)
      throws IOException {
    List<Row> rows = rows(store, summary);
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, Double> ceiling = new LinkedHashMap<>();
    Set<String> differences = new LinkedHashSet<>();
    for (Map.Entry<String, Benchmark.Column> column : group.columns().entrySet()) {
      Row row = row(rows, column.getValue().metric());
      values.put(column.getKey(), row.value());
      rows.stream()
          .filter(real -> real.ofReal() && real.metric().equals(row.metric()))
          .forEach(real -> ceiling.put(column.getKey(), real.value()));
      if (row.samples() != group.samples()) {
        differences.add(
            "%,d samples scored, the paper's %,d".formatted(row.samples(), group.samples()));
      }
      String scoredBy = group.scoredBy().orElse("");
      if (!row.network().equals(scoredBy)) {
        differences.add(otherNetwork(row.network(), scoredBy));
      }
    }
    return new TrialFigures(values, ceiling, differences);
  }

  /** A network that a stage trained has another digest in each trial: its name says enough. */
  private static String otherNetwork(String found, String paper) {
    String foundName = DIGEST.matcher(found).replaceFirst("");
    String paperName = DIGEST.matcher(paper).replaceFirst("");
    return foundName.equals(paperName)
        ? "scored by another %s than the paper's".formatted(foundName)
        : "scored by %s, the paper's by %s"
            .formatted(
                foundName.isEmpty() ? "no network" : foundName,
                paperName.isEmpty() ? "no network" : paperName);
  }

  private static Row row(List<Row> rows, String metric) throws IOException {
    List<Row> found =
        rows.stream().filter(row -> row.metric().equals(metric) && !row.ofReal()).toList();
    if (found.isEmpty()) {
      List<String> known = rows.stream().map(Row::metric).distinct().toList();
      throw new IOException(
          "Cannot read metric '%s': stage %s has %s; did the table mean '%s'?"
              .formatted(metric, Trial.SUMMARY, known, NearestName.of(metric, known)));
    } else if (found.size() > 1) {
      throw new IOException(
          "Cannot tell which metric '%s' is meant: stage %s has it by protocol %s"
              .formatted(metric, Trial.SUMMARY, found.stream().map(Row::protocol).toList()));
    }
    return found.get(0);
  }

  private static List<Row> rows(ArtifactStore store, Manifest summary) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (TableReader table =
        TableReader.open(store, summary, METRICS).expect(MetricTable.schema())) {
      double[] values = table.doubles(MetricTable.VALUE);
      long[] samples = table.longs(MetricTable.GENERATED_COUNT);
      for (int i = 0; i < values.length; i++) {
        rows.add(
            new Row(
                table.text(MetricTable.METRIC, i),
                values[i],
                samples[i],
                table.text(MetricTable.NETWORK, i),
                table.text(MetricTable.PROTOCOL, i)));
      }
    }
    return rows;
  }
}
