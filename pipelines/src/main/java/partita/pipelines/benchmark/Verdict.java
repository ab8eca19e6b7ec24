package partita.pipelines.benchmark;

import java.util.List;

/**
 * What a figure of ours says about the paper's. The types cannot be mistaken for one another: each
 * refuses what belongs to another, so that nothing but data, network, protocol, trials and budget
 * of the paper with a mean within the tolerance can ever be called reproduced.
 */
public sealed interface Verdict {

  /** The verdict on a figure that was measured. */
  static Verdict of(Comparison comparison) {
    if (!comparison.differences().isEmpty()) {
      return new NotComparable(comparison);
    } else if (!comparison.shortfalls().isEmpty()) {
      return new Miniature(comparison);
    }
    return comparison.within() ? new Reproduced(comparison) : new Deviates(comparison);
  }

  /** How much a verdict says by its {@link #text}, nothing (0) to all (3). */
  static int rank(String text) {
    return switch (text) {
      case "lacks", "failed" -> 0;
      case "not comparable", "deviates", "miniature, outside" -> 1;
      case "miniature, within" -> 2;
      case "reproduced" -> 3;
      default -> throw new IllegalArgumentException("Cannot rank verdict '" + text + "'");
    };
  }

  /** As a table says it. */
  String text();

  /** Why, in a few words; empty when the figures say it all. */
  String reason();

  /** The paper's conditions and its figure. */
  record Reproduced(Comparison comparison) implements Verdict {
    public Reproduced {
      requireConditions(comparison, "reproduced");
      if (!comparison.within()) {
        throw new IllegalArgumentException(
            "Cannot call a figure reproduced: " + comparison.distance());
      }
    }

    @Override
    public String text() {
      return "reproduced";
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /** The paper's conditions and another figure. */
  record Deviates(Comparison comparison) implements Verdict {
    public Deviates {
      requireConditions(comparison, "deviating");
      if (comparison.within()) {
        throw new IllegalArgumentException(
            "Cannot call a figure deviating: " + comparison.distance());
      }
    }

    @Override
    public String text() {
      return "deviates";
    }

    @Override
    public String reason() {
      return comparison.distance();
    }
  }

  /** The paper's data, network and protocol with less than its budget. */
  record Miniature(Comparison comparison) implements Verdict {
    public Miniature {
      requireNoDifferences(comparison, "a miniature");
      if (comparison.shortfalls().isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot call a figure a miniature: it was given the paper's budget, "
                + comparison.spent());
      }
    }

    @Override
    public String text() {
      return "miniature, " + (comparison.within() ? "within" : "outside");
    }

    @Override
    public String reason() {
      return String.join(", ", comparison.shortfalls())
          + (comparison.within() ? "" : ": " + comparison.distance());
    }
  }

  /** Other data, another network or another protocol than the paper's. */
  record NotComparable(Comparison comparison) implements Verdict {
    public NotComparable {
      if (comparison.differences().isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot call a figure not comparable: data, network and protocol are the paper's");
      }
    }

    @Override
    public String text() {
      return "not comparable";
    }

    @Override
    public String reason() {
      return String.join(", ", comparison.differences());
    }
  }

  /** It cannot run here. */
  record Lacks(List<String> what) implements Verdict {
    public Lacks {
      what = List.copyOf(what);
      if (what.isEmpty()) {
        throw new IllegalArgumentException("Cannot say that a figure lacks nothing");
      }
    }

    @Override
    public String text() {
      return "lacks";
    }

    @Override
    public String reason() {
      return String.join("; ", what);
    }
  }

  /** A trial ended without its figures. */
  record Failed(List<String> failures) implements Verdict {
    public Failed {
      failures = List.copyOf(failures);
      if (failures.isEmpty()) {
        throw new IllegalArgumentException("Cannot say that a figure failed without a failure");
      }
    }

    @Override
    public String text() {
      return "failed";
    }

    @Override
    public String reason() {
      return String.join("; ", failures);
    }
  }

  private static void requireConditions(Comparison comparison, String called) {
    requireNoDifferences(comparison, called);
    if (!comparison.shortfalls().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot call a figure %s: it was given %s"
              .formatted(called, String.join(", ", comparison.shortfalls())));
    }
  }

  private static void requireNoDifferences(Comparison comparison, String called) {
    if (!comparison.differences().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot call a figure %s: %s"
              .formatted(called, String.join(", ", comparison.differences())));
    }
  }
}
