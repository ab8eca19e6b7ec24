package partita.models.metric;

/** How implementations that papers quote cut N samples into splits of the inception score. */
public enum InceptionSplits {
  /** Part i is rows {@code [i N / splits, (i + 1) N / splits)}, as in the original. */
  CONTIGUOUS("%d splits"),
  /** The same of rows in the order {@code numpy.random.RandomState(2020).permutation(N)}. */
  SHUFFLED("%d splits, shuffled"),
  /** Each part is {@code N / splits} rows; those that are over, at the end, are left out. */
  EQUAL("%d equal splits");

  private final String definition;

  InceptionSplits(String definition) {
    this.definition = definition;
  }

  /** As printed with a figure, {@code 10 splits, shuffled}. */
  public String definition(int splits) {
    return definition.formatted(splits);
  }
}
