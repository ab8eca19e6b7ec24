package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import partita.pipelines.benchmark.Reproduction.Cell;
import partita.pipelines.benchmark.Reproduction.Result;

/** What a reader has to know of an outcome before the figures, a sentence each. */
public final class Findings {
  private Findings() {}

  /** Figures that are not the paper's although they could be: by how much, in units of what. */
  public static List<String> deviations(Reproduction reproduction) {
    List<String> found = new ArrayList<>();
    add(reproduction, found, cell -> cell.verdict() instanceof Verdict.Deviates);
    add(
        reproduction,
        found,
        cell ->
            cell.verdict() instanceof Verdict.Miniature miniature
                && !miniature.comparison().within());
    return found;
  }

  private static void add(Reproduction reproduction, List<String> found, Predicate<Cell> asked) {
    for (Result result : reproduction.results()) {
      for (Cell cell : result.cells()) {
        if (asked.test(cell)) {
          found.add(
              "%s, %s, %s: %s, the paper %s: %s%s"
                  .formatted(
                      result.setup().method().title(),
                      result.setup().columns().title(),
                      result.setup().columns().columns().get(cell.column()).title(),
                      cell.ours().orElseThrow().text(cell.paper()),
                      cell.paper().text(),
                      comparison(cell.verdict()).distance(),
                      cell.verdict() instanceof Verdict.Miniature ? " (miniature)" : ""));
        }
      }
    }
  }

  private static Comparison comparison(Verdict verdict) {
    if (verdict instanceof Verdict.Deviates deviates) {
      return deviates.comparison();
    } else if (verdict instanceof Verdict.Miniature miniature) {
      return miniature.comparison();
    }
    throw new IllegalArgumentException("Cannot compare: " + verdict.text());
  }

  /** Rows without figures, or with figures that cannot be laid beside the paper's, and why. */
  public static List<String> absences(Reproduction reproduction) {
    List<String> found = new ArrayList<>();
    for (Result result : reproduction.results()) {
      Verdict verdict = result.cells().get(0).verdict();
      if (verdict instanceof Verdict.Failed
          || verdict instanceof Verdict.Lacks
          || verdict instanceof Verdict.NotComparable) {
        found.add(
            "%s, %s: %s: %s"
                .formatted(
                    result.setup().method().title(),
                    result.setup().columns().title(),
                    verdict.text(),
                    verdict.reason()));
      }
    }
    return found;
  }

  /** What a row in a group was given, and what the paper's figures would take. */
  public static String budget(Result result) {
    if (result.trials().isEmpty()) {
      return "";
    }
    Benchmark benchmark = result.setup().benchmark();
    return "%d %s of %,d steps; the paper %,d of %,d, at least %,d needed"
        .formatted(
            result.trials().size(),
            result.trials().size() == 1 ? "trial" : "trials",
            result.steps(),
            benchmark.trials().paper(),
            result.setup().columns().steps(),
            benchmark.trials().minimum());
  }
}
