package partita.pipelines.benchmark;

/**
 * Something without which a figure cannot be measured.
 *
 * @param kind of what kind
 * @param what exactly, as a person would have to get it: {@code CIFAR-10, binary version}
 */
public record Need(Kind kind, String what) {

  /** What may be missing. */
  public enum Kind {
    /** Files of a data set. */
    DATA,
    /** A network that others trained. */
    WEIGHTS,
    /** Something that Partita cannot do yet. */
    SOFTWARE,
    /** A GPU, at the paper's size: on a CPU the steps would take weeks. */
    GPU
  }

  /**
   * Whether it is there.
   *
   * @param device {@code cpu} or {@code cuda}
   * @param resized whether the user asked for training steps of their own
   */
  boolean met(String device, boolean resized) {
    return kind == Kind.GPU && (device.equals("cuda") || resized);
  }
}
