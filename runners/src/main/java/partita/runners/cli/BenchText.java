package partita.runners.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import partita.pipelines.bench.BenchReport;
import partita.pipelines.bench.BenchResult;
import partita.pipelines.bench.Series;

/** Measurements as a table for people. */
final class BenchText {
  private static final List<String> HEADER =
      List.of(
          "benchmark", "ours (min..max)", "peer (min..max)", "reached", "target", "", "of peak");

  private BenchText() {}

  static void print(BenchReport report, Path file, PrintStream out) {
    out.printf(
        "%s, %d cores, Java %s; %s a side, median of %d processes%s%n",
        report.processor(),
        report.cores(),
        report.java(),
        report.threads() == 1 ? "1 thread" : report.threads() + " threads",
        report.repeats(),
        report.scale() == 1 ? "" : ", at %s of the full size".formatted(report.scale()));
    out.printf(
        Locale.ROOT,
        "Peak: %.0f GFLOP/s in float32, %.0f in float64, %.1f GB/s of memory%n%n",
        report.peak().singleFlops() / 1e9,
        report.peak().doubleFlops() / 1e9,
        report.peak().bytes() / 1e9);
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    report.results().forEach(result -> table.add(cells(result)));
    int[] widths = widths(table);
    out.println(line(table.get(0), widths));
    for (int i = 0; i < report.results().size(); i++) {
      out.println(line(table.get(i + 1), widths));
      explain(report.results().get(i), out);
    }
    out.println();
    out.println("Times leave out process start, imports and reading the input, on both sides.");
    out.println("A ratio is our median by the peer's: below 1x is faster than the peer.");
    out.println("Of peak: the least work that gives the answer, at the peak above, by our time.");
    out.println("Kept in " + file);
  }

  private static List<String> cells(BenchResult result) {
    Double share = result.figures().get("share.ofPeak");
    return List.of(
        result.name(),
        seconds(result.ours()),
        result.peer() == null ? "" : seconds(result.peer()),
        result.reachedText(),
        result.target(),
        result.verdict().text(),
        share == null ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * share));
  }

  private static String seconds(Series series) {
    int digits = series.median() >= 10 ? 1 : series.median() >= 0.1 ? 2 : 4;
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " s (" + number + ".." + number + ")",
        series.median(),
        series.min(),
        series.max());
  }

  private static void explain(BenchResult result, PrintStream out) {
    String sizes =
        result.sizes().entrySet().stream()
            .map(size -> String.format(Locale.ROOT, "%s %,d", size.getKey(), size.getValue()))
            .collect(Collectors.joining(", "));
    out.printf("  %s (%s)%n", result.title(), sizes);
    if (!result.peerVersion().isEmpty()) {
      out.printf("  peer: %s%s%n", result.peerVersion(), otherRatios(result.figures()));
    }
    result.notes().forEach(note -> out.println("  " + note));
  }

  private static String otherRatios(Map<String, Double> figures) {
    return ratio("; whole process", figures.get("ratio.whole"))
        + ratio(", processor time", figures.get("ratio.cpu"));
  }

  private static String ratio(String label, @Nullable Double ratio) {
    return ratio == null ? "" : String.format(Locale.ROOT, "%s %.2fx", label, ratio);
  }

  private static int[] widths(List<List<String>> table) {
    int[] widths = new int[HEADER.size()];
    for (List<String> cells : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cells.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
