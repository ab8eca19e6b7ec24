package partita.pipelines.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;

/**
 * The metrics in an artifact by metric and protocol; the metric's name tells the network, whose
 * digest is left out, for one that was trained has another in each run.
 */
final class ArtifactMetrics {
  private static final String SCHEMA = MetricTable.schema().fingerprint();

  private ArtifactMetrics() {}

  /** Values of all rows of all metric tables; several of one name are numbered. */
  static Map<String, String> read(ArtifactStore store, Manifest artifact) throws IOException {
    Map<String, String> metrics = new TreeMap<>();
    Set<String> roles = new LinkedHashSet<>();
    for (FileEntry file : artifact.files()) {
      // By the manifest alone: opening another table would fetch it from a remote store.
      if (file.schema().equals(SCHEMA) && roles.add(file.role())) {
        try (TableReader table = TableReader.open(store, artifact, file.role())) {
          read(table, metrics);
        }
      }
    }
    return metrics;
  }

  private static void read(TableReader table, Map<String, String> metrics) throws IOException {
    double[] values = table.doubles(MetricTable.VALUE);
    for (int row = 0; row < values.length; row++) {
      List<String> parts = new ArrayList<>();
      for (String column : List.of(MetricTable.METRIC, MetricTable.PROTOCOL)) {
        parts.add(table.text(column, row));
      }
      String name =
          parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
      String free =
          Stream.iterate(1, number -> number + 1)
              .map(number -> number == 1 ? name : name + " #" + number)
              .filter(candidate -> !metrics.containsKey(candidate))
              .findFirst()
              .orElseThrow();
      metrics.put(free, Double.toString(values[row]));
    }
  }
}
