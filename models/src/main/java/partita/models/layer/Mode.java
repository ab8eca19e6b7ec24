package partita.models.layer;

/** What a forward pass is for: layers that keep statistics behave differently in each. */
public enum Mode {
  /** Batch statistics normalize and are recorded; power iteration advances. */
  TRAINING,
  /** Recorded statistics normalize; no buffer changes, so equal inputs give equal outputs. */
  EVALUATION;
}
