package partita.pipelines.compare;

import java.util.Locale;

/**
 * One thing in which two stages differ.
 *
 * @param kind what it is
 * @param name which one, where there are several: the parameter, the input, the metric
 * @param before as the first run had it; empty when that had none
 * @param after as the second run had it; empty when that had none
 */
public record Change(Kind kind, String name, String before, String after) {
  private static final int DIGEST_DIGITS = 12;

  /** For people, digests shortened: {@code parameter neighbors 50 -> 40}. */
  public String text() {
    String what = (kind.name().toLowerCase(Locale.ROOT) + " " + name).strip();
    return "%s %s -> %s".formatted(what, side(before), side(after));
  }

  private String side(String value) {
    boolean digest = kind == Kind.CODE || kind == Kind.INPUT || kind == Kind.OUTPUT;
    if (value.isEmpty()) {
      return "absent";
    }
    return digest ? value.substring(0, Math.min(DIGEST_DIGITS, value.length())) : value;
  }

  /** What may differ. */
  public enum Kind {
    PARAMETER,
    SEED,
    CODE,
    /** Content that the stage reads. */
    INPUT,
    NUMERICS,
    /** How often it was forced to run anew. */
    FORCED,
    /** Content that it made. */
    OUTPUT,
    METRIC
  }
}
