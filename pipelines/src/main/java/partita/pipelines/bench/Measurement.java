package partita.pipelines.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one process measured. Ours and the peers' scripts print it as the same line of JSON.
 *
 * @param seconds wall-clock seconds of the timed region, which leaves out process start, imports
 *     and the reading of the input
 * @param cpuSeconds processor seconds of all threads in the timed region
 * @param peakBytes largest resident memory of the process, 0 where the system does not tell
 * @param wholeSeconds wall-clock seconds of the whole process, seen from outside
 * @param version what was measured, {@code faiss 1.7.3}; empty for ours
 * @param values the answer's figures, {@code objective}
 */
public record Measurement(
    double seconds,
    double cpuSeconds,
    long peakBytes,
    double wholeSeconds,
    String version,
    Map<String, Double> values) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECONDS = "median_s";
  private static final String CPU_SECONDS = "cpu_s";
  private static final String PEAK_BYTES = "peak_bytes";
  private static final String VERSION = "version";
  private static final Set<String> FIELDS = Set.of(SECONDS, CPU_SECONDS, PEAK_BYTES, VERSION);

  public Measurement {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Reads the line that a process printed, which ran for {@code wholeSeconds}. */
  static Measurement parse(String line, double wholeSeconds) {
    try {
      JsonNode tree = JSON.readTree(line);
      Map<String, Double> values = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : tree.properties()) {
        if (field.getValue().isNumber() && !FIELDS.contains(field.getKey())) {
          values.put(field.getKey(), field.getValue().asDouble());
        }
      }
      return new Measurement(
          tree.required(SECONDS).asDouble(),
          tree.path(CPU_SECONDS).asDouble(),
          tree.path(PEAK_BYTES).asLong(),
          wholeSeconds,
          tree.path(VERSION).asText(),
          values);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot read a measurement from '%s': expected a line of JSON with %s"
              .formatted(line, SECONDS),
          e);
    }
  }

  /** The line that {@link #parse} reads. */
  String line() {
    ObjectNode tree = JSON.createObjectNode();
    tree.put(SECONDS, seconds).put(CPU_SECONDS, cpuSeconds).put(PEAK_BYTES, peakBytes);
    values.forEach(tree::put);
    return tree.toString();
  }

  /** A figure of the answer. */
  @JsonIgnore
  double value(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot find figure '%s': the measurement has %s".formatted(name, values.keySet()));
    }
    return value;
  }
}
