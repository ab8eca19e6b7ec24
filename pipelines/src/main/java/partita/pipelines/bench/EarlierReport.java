package partita.pipelines.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.BadInputException;

/**
 * The ratios of an earlier {@link BenchReport}, and what of them a later one lost. A ratio compares
 * two programs in one run and so from machine to machine, but for the noise of both.
 *
 * @param threads of each side
 * @param scale part of the full sizes
 * @param figures by name of the benchmark
 */
public record EarlierReport(int threads, double scale, Map<String, Figure> figures) {
  /** How much worse a figure may be before it counts: what two runs of one code differ by. */
  private static final double NOISE = 1.25;

  private static final ObjectMapper JSON = new ObjectMapper();

  public EarlierReport {
    figures = Map.copyOf(figures);
  }

  /**
   * A benchmark's figure.
   *
   * @param unit as a target's
   */
  public record Figure(double reached, String unit, String verdict) {}

  /**
   * Reads a report.
   *
   * @throws BadInputException when there is no such file, or it is something else
   */
  public static EarlierReport read(Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw other(file, "it is no JSON");
    } catch (IOException e) {
      throw other(file, "it cannot be read");
    }
    if (!root.path("results").isArray() || !root.path("peak").isObject()) {
      throw other(file, "it is something else");
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (JsonNode result : root.path("results")) {
      figures.put(
          result.path("name").asText(),
          new Figure(
              result.path("reached").asDouble(),
              result.path("unit").asText(),
              result.path("verdict").asText()));
    }
    return new EarlierReport(root.path("threads").asInt(), root.path("scale").asDouble(), figures);
  }

  private static BadInputException other(Path file, String found) {
    return new BadInputException(
        "Cannot compare with %s: %s; expected what bench --json=FILE wrote".formatted(file, found));
  }

  /**
   * Refuses a run that could not be compared.
   *
   * @throws BadInputException when it has other threads or sizes
   */
  public void requireSame(BenchSettings settings) {
    if (settings.threads() != threads || settings.scale() != scale) {
      throw new BadInputException(
          "Cannot compare: the earlier run had --threads=%d --scale=%s, found --threads=%d --scale=%s"
              .formatted(threads, scale, settings.threads(), settings.scale()));
    }
  }

  /** Benchmarks that a later run has slower by more than noise, a sentence each. */
  public List<String> regressions(BenchReport later) {
    List<String> found = new ArrayList<>();
    for (BenchResult result : later.results()) {
      Figure earlier = figures.get(result.name());
      if (earlier != null && slower(earlier, result)) {
        found.add(
            "%s: was %s, now %s, more than %s times worse"
                .formatted(
                    result.name(),
                    Target.text(earlier.reached(), earlier.unit()),
                    Target.text(result.reached(), result.unit()),
                    NOISE));
      }
    }
    return found;
  }

  private static boolean slower(Figure earlier, BenchResult later) {
    return Target.isTime(earlier.unit())
        ? later.reached() > NOISE * earlier.reached()
        : later.reached() < earlier.reached() / NOISE;
  }
}
