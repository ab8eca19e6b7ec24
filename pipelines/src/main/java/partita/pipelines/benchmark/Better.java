package partita.pipelines.benchmark;

/** Which way a metric gets better. */
public enum Better {
  HIGHER("↑"),
  LOWER("↓");

  private final String arrow;

  Better(String arrow) {
    this.arrow = arrow;
  }

  /** As tables print it beside a metric's name. */
  public String arrow() {
    return arrow;
  }

  /** A distance to the paper's figure as a word. */
  String word(double difference) {
    return difference > 0 == (this == HIGHER) ? "better" : "worse";
  }
}
