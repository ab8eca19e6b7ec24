package partita.pipelines.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.pipelines.compare.EarlierFile;
import partita.pipelines.dag.BadInputException;

/**
 * The ratios of an earlier {@link BenchReport}, and what of them a later one lost. A ratio compares
 * two programs in one run and so from machine to machine, but for the noise of both; seconds and
 * rates do not, and have their targets alone.
 *
 * @param threads of each side
 * @param scale part of the full sizes
 * @param ratios by name of the benchmark
 */
public record EarlierReport(int threads, double scale, Map<String, Double> ratios) {
  /** How much worse a figure may be before it counts: what two runs of one code differ by. */
  private static final double NOISE = 1.25;

  public EarlierReport {
    ratios = Map.copyOf(ratios);
  }

  /**
   * Reads a report.
   *
   * @throws BadInputException when there is no such file, or it is something else
   */
  public static EarlierReport read(Path file) {
    EarlierFile earlier = new EarlierFile(file, "what bench --json=FILE wrote");
    JsonNode root = earlier.read();
    if (!root.path("results").isArray() || !root.path("peak").isObject()) {
      throw earlier.other("it is something else");
    }
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (JsonNode result : root.path("results")) {
      if (Target.isRatio(result.path("unit").asText())) {
        ratios.put(result.path("name").asText(), result.path("reached").asDouble());
      }
    }
    return new EarlierReport(root.path("threads").asInt(), root.path("scale").asDouble(), ratios);
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

  /** What a later run has worse, by name of the benchmark; benchmarks of both alone. */
  public Comparison with(BenchReport later) {
    int compared = 0;
    List<String> worse = new ArrayList<>();
    for (BenchResult result : later.results()) {
      Double earlier = ratios.get(result.name());
      if (earlier != null) {
        compared++;
        if (result.reached() > NOISE * earlier) {
          worse.add(
              "%s: was %s, now %s, more than %s times worse"
                  .formatted(
                      result.name(),
                      Target.text(earlier, result.unit()),
                      result.reachedText(),
                      NOISE));
        }
      }
    }
    return new Comparison(compared, worse);
  }

  /**
   * How a later run compares.
   *
   * @param figures how many could be compared
   * @param worse a sentence for each that is worse by more than noise
   */
  public record Comparison(int figures, List<String> worse) {
    public Comparison {
      worse = List.copyOf(worse);
    }
  }
}
