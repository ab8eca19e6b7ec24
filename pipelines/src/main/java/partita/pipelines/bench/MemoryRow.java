package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a training that differentiates twice leaves memory behind: the resident memory of a
 * process whose heap is of one size from its start, after a warm-up and after so many steps more.
 */
final class MemoryRow implements Row {
  private static final Target MOST = Target.ratio(1.02);
  private static final int STEPS = 2_000;
  private static final int WARM_UP = 250;

  /** Every page of the heap is there from the beginning: what grows is not Java's. */
  private static final List<String> FIXED_HEAP =
      List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  @Override
  public String name() {
    return "r1-memory";
  }

  @Override
  public List<String> missing(Bench bench) {
    return Files.isReadable(Path.of("/proc/self/status"))
        ? List.of()
        : List.of("Cannot measure r1-memory: this system does not tell the resident memory");
  }

  @Override
  public BenchResult run(Bench bench) throws IOException, InterruptedException {
    int steps = (int) Math.max(10, STEPS * bench.settings().scale());
    Map<String, Integer> sizes = Map.of("n", steps, "warmUp", WARM_UP);
    WorkOrder order =
        new WorkOrder(
            PenaltyWorkload.NAME,
            bench.folder().toString(),
            bench.settings().threads(),
            sizes,
            false);
    Measurement measured = bench.ours(order, FIXED_HEAP);
    Map<String, Double> figures = new TreeMap<>(measured.values());
    List<String> megabytes = new ArrayList<>();
    for (int reading = 0; reading < PenaltyWorkload.readings(); reading++) {
      megabytes.add(String.format(Locale.ROOT, "%.1f", resident(measured, reading) / 1e6));
    }
    double grown = resident(measured, PenaltyWorkload.readings() - 1) / resident(measured, 0);
    return BenchResult.alone(
        name(),
        "resident memory of a training with R1 on points after n steps more, against after the warm-up",
        sizes,
        bench.settings().threads(),
        List.of(measured),
        grown,
        MOST,
        steps == STEPS,
        figures,
        List.of("resident memory: %s MB".formatted(String.join(", ", megabytes))));
  }

  private static double resident(Measurement measured, int reading) {
    return measured.value(PenaltyWorkload.reading(reading));
  }
}
