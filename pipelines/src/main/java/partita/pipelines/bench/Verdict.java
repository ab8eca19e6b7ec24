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
  WRONG("WRONG ANSWER");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /**
   * Judges.
   *
   * @param met whether the target was reached
   * @param fullSize whether it was measured at the size that the target is for
   */
  static Verdict of(boolean met, Answer answer, boolean fullSize) {
    if (!answer.agrees()) {
      return WRONG;
    } else if (!fullSize) {
      return REDUCED;
    }
    return met ? MET : MISSED;
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
