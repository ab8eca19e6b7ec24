package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run of benchmarks came to, and on what machine; written as JSON so that a later run can be
 * compared with it.
 *
 * @param started ISO-8601 instant
 * @param processor model of the processor
 * @param cores processors that the JVM sees
 * @param java version of the JVM
 * @param threads of each side
 * @param repeats timed processes of each side
 * @param scale part of the full sizes
 * @param peak what the machine can do at most with these threads
 */
public record BenchReport(
    String started,
    String processor,
    int cores,
    String java,
    int threads,
    int repeats,
    double scale,
    MachinePeak peak,
    List<BenchResult> results) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  public BenchReport {
    results = List.copyOf(results);
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static BenchReport of(
      String started, BenchSettings settings, MachinePeak peak, List<BenchResult> results)
      throws IOException {
    return new BenchReport(
        started,
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        settings.threads(),
        settings.repeats(),
        settings.scale(),
        peak,
        results);
  }

  /** Whether a target was missed or an answer was wrong. */
  public boolean failed() {
    return results.stream().anyMatch(result -> result.verdict().failed());
  }

  private static String processorModel() throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
