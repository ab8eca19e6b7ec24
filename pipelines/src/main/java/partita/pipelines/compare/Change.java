package partita.pipelines.compare;

/**
 * One thing in which two stages differ.
 *
 * @param kind what it is
 * @param name which one, where there are several: the parameter, the input, the metric
 * @param before as the first run had it; empty when that had none
 * @param after as the second run had it; empty when that had none
 */
public record Change(Kind kind, String name, String before, String after) {

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
