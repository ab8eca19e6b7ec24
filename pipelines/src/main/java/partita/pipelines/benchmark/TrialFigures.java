package partita.pipelines.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import partita.pipelines.dag.NearestName;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;
import partita.transforms.metric.BaselineTask;

/**
 * The figures of a trial that ended.
 *
 * @param values column to value
 * @param differences in what the protocol was not the paper's
 */
record TrialFigures(Map<String, Double> values, Set<String> differences) {
  private static final String METRICS = "metrics";

  /** One row of a {@link MetricTable}. */
  private record Row(String metric, double value, long samples, String network, String protocol) {}

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
    Set<String> differences = new LinkedHashSet<>();
    for (Map.Entry<String, Benchmark.Column> column : group.columns().entrySet()) {
      Row row = row(rows, column.getValue().metric());
      values.put(column.getKey(), row.value());
      if (row.samples() != group.samples()) {
        differences.add(
            "%,d samples scored, the paper's %,d".formatted(row.samples(), group.samples()));
      }
      String scoredBy = group.scoredBy().orElse("");
      if (!row.network().equals(scoredBy)) {
        differences.add(
            "scored by %s, the paper's by %s".formatted(named(row.network()), named(scoredBy)));
      }
    }
    return new TrialFigures(values, differences);
  }

  private static String named(String network) {
    return network.isEmpty() ? "no network" : network.replaceAll("(?<= [0-9a-f]{12})[0-9a-f]+", "");
  }

  private static Row row(List<Row> rows, String metric) throws IOException {
    List<Row> found =
        rows.stream()
            .filter(row -> row.metric().equals(metric))
            .filter(row -> !row.protocol().equals(BaselineTask.REAL_HALVES))
            .toList();
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
