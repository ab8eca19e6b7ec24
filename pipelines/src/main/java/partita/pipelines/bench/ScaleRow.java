package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether time, memory and disk grow as the formulas say that estimate what a whole ImageNet takes:
 * a constant and a part proportional to the work, fitted to two sizes, are compared with a third.
 * Times are processor seconds, which other work on the machine disturbs less than it does the
 * clock.
 */
final class ScaleRow implements Row {
  private static final double MOST_OFF = 25;

  /** What takes less is repeated, since the compilation of its code is a part of it that varies. */
  private static final double LONG_SECONDS = 10;

  /** Dimensions of ResNet-50's features. */
  private static final int WIDTH = 2048;

  /** Training images of ImageNet. */
  private static final int IMAGES = 1_281_167;

  /** Bytes of an image's id and label. */
  private static final int ROW_HEAD = 12;

  /**
   * One formula's check.
   *
   * @param workload what is run
   * @param growing name of the size that grows
   * @param small the smallest value; the next is twice, the last four times as large
   * @param sizes the other sizes
   * @param whole all sizes of an ImageNet experiment, for the estimate
   * @param diskBytes bytes that it adds to the artifact, 0 when none is written
   */
  private record Check(
      Workload workload,
      String growing,
      int small,
      Map<String, Integer> sizes,
      Map<String, Integer> whole,
      double diskBytes) {

    Map<String, Integer> sizes(double scale, int times) {
      Map<String, Integer> all = new TreeMap<>(sizes);
      all.put(growing, times * (int) Math.max(2, small * scale));
      return all;
    }
  }

  private static final List<Check> CHECKS =
      List.of(
          new Check(
              new IngestBenchmark(),
              "n",
              15_000,
              Map.of("side", 64),
              Map.of("n", IMAGES, "side", 64),
              64 * 64 + ROW_HEAD),
          new Check(
              new JpegWorkload(),
              "n",
              400,
              Map.of("side", 128),
              Map.of("n", IMAGES, "side", 128),
              3 * 128 * 128 + ROW_HEAD),
          new Check(new EmbedWorkload(), "n", 32, Map.of(), Map.of("n", 2 * IMAGES), 0),
          new Check(
              new KnnBenchmark(),
              "n",
              10_000,
              Map.of("d", WIDTH, "k", 50),
              Map.of("n", IMAGES, "d", WIDTH, "k", 50),
              0),
          new Check(
              new KMeansBenchmark(),
              "n",
              5_000,
              Map.of("d", WIDTH, "k", 500),
              Map.of("n", 256 * 1_000, "d", WIDTH, "k", 1_000),
              0),
          new Check(
              new BigGanBenchmark(),
              "batch",
              4,
              Map.of("n", 3, "ch", 16, "side", 64),
              Map.of("n", 3, "ch", 64, "side", 64, "batch", 256),
              0));

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public List<String> missing(Bench bench) {
    return CHECKS.stream().flatMap(check -> check.workload().missing().stream()).toList();
  }

  @Override
  public BenchResult run(Bench bench) throws IOException, InterruptedException {
    List<String> notes = new ArrayList<>();
    List<Measurement> runs = new ArrayList<>();
    Map<String, Double> figures = new TreeMap<>();
    double worst = 0;
    for (Check check : CHECKS) {
      List<Map<String, Integer>> sizes = new ArrayList<>();
      List<Measurement> measured = new ArrayList<>();
      for (int times = 1; times <= 4; times *= 2) {
        Map<String, Integer> next = check.sizes(bench.settings().scale(), times);
        sizes.add(next);
        measured.add(measure(bench, check, next));
      }
      worst = Math.max(worst, judge(check, sizes, measured, notes, figures));
      runs.addAll(measured);
    }
    Series seconds = Series.of(runs, Measurement::seconds);
    return new BenchResult(
        name(),
        "growth of time, memory and disk against the formulas of infra/bench/SCALE.md",
        Map.of("d", WIDTH),
        bench.settings().threads(),
        seconds,
        null,
        "",
        worst,
        "% off",
        String.format(Locale.ROOT, "<= %.0f %% off in time", MOST_OFF),
        Verdict.of(worst <= MOST_OFF, Answer.NONE, bench.settings().fullSize()),
        figures,
        notes,
        runs,
        List.of());
  }

  private static Measurement measure(Bench bench, Check check, Map<String, Integer> sizes)
      throws IOException, InterruptedException {
    String name = check.workload().name();
    Path folder = bench.folder().resolve("scale-" + name);
    Files.createDirectories(folder);
    if (sizes.containsKey("d")) {
      ClusteredRows.write(folder, sizes.get("n"), sizes.get("d"));
    }
    WorkOrder order =
        new WorkOrder(name, folder.toString(), bench.settings().threads(), sizes, false);
    List<Measurement> repeated = new ArrayList<>();
    do {
      repeated.add(bench.ours(order));
    } while (repeated.size() < bench.settings().repeats()
        && repeated.get(0).cpuSeconds() < LONG_SECONDS);
    repeated.sort(Comparator.comparingDouble(Measurement::cpuSeconds));
    Measurement measured = repeated.get(repeated.size() / 2);
    bench.tell(
        String.format(
            Locale.ROOT,
            "scale: %s at %s %,d took %.1f processor seconds",
            name,
            check.growing(),
            sizes.get(check.growing()),
            measured.cpuSeconds()));
    return measured;
  }

  /** Compares the third size with what the first two predict; the time's deviation in percent. */
  private static double judge(
      Check check,
      List<Map<String, Integer>> sizes,
      List<Measurement> measured,
      List<String> notes,
      Map<String, Double> figures) {
    double[] work = sizes.stream().mapToDouble(size -> amount(check, size)).toArray();
    double[] seconds = measured.stream().mapToDouble(Measurement::cpuSeconds).toArray();
    double rate = (seconds[1] - seconds[0]) / (work[1] - work[0]);
    double predicted = seconds[1] + rate * (work[2] - work[1]);
    double off = 100 * (seconds[2] / predicted - 1);
    int small = sizes.get(0).get(check.growing());
    String label = check.workload().name();
    notes.add(
        String.format(
            Locale.ROOT,
            "%s, %s %,d and %,d to %,d: %.2f and %.2f s, predicted %.2f s, measured %.2f s (%+.0f %%)",
            label,
            check.growing(),
            small,
            2 * small,
            4 * small,
            seconds[0],
            seconds[1],
            predicted,
            seconds[2],
            off));
    double[] peaks = measured.stream().mapToDouble(run -> run.peakBytes() / 1e6).toArray();
    double peak = peaks[1] + 2 * (peaks[1] - peaks[0]);
    notes.add(
        String.format(
            Locale.ROOT,
            "%s memory at the peak: %.0f and %.0f MB, predicted %.0f MB, measured %.0f MB (%+.0f %%)",
            label,
            peaks[0],
            peaks[1],
            peak,
            peaks[2],
            100 * (peaks[2] / peak - 1)));
    if (check.diskBytes() > 0) {
      double bytes = measured.get(2).value(StageShards.BYTES);
      double expected = 4 * small * check.diskBytes();
      notes.add(
          String.format(
              Locale.ROOT,
              "%s disk: predicted %,.0f bytes, measured %,.0f (%+.2f %%)",
              label,
              expected,
              bytes,
              100 * (bytes / expected - 1)));
    }
    double whole = seconds[2] + rate * (amount(check, check.whole()) - work[2]);
    notes.add(
        String.format(
            Locale.ROOT,
            "%s of ImageNet %s: %,.0f processor seconds, or %,.1f hours",
            label,
            new TreeMap<>(check.whole()),
            whole,
            whole / 3600));
    figures.put(label + ".imagenet", whole);
    figures.put(label + ".off", off);
    figures.put(label + ".cpuSecondsPerWork", rate);
    return Math.abs(off);
  }

  private static double amount(Check check, Map<String, Integer> size) {
    Work work = check.workload().work(size);
    return work.flops() > 0 ? work.flops() / 1e9 : work.items();
  }
}
