package partita.pipelines.bench;

/** What became of a target. */
public enum Verdict {
  /** Reached at full size. */
  MET("met"),
  /** Not reached at full size. */
  MISSED("MISSED"),
  /** Not judged, because the size was reduced. */
  REDUCED("not judged"),
  /** The answers differ, whatever the time. */
  WRONG("WRONG ANSWER"),
  /** There is no target: the figures are for information. */
  NONE("-");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** As the table says it. */
  public String text() {
    return text;
  }

  /** Whether the run has to end with an error. */
  public boolean failed() {
    return this == MISSED || this == WRONG;
  }
}
