package partita.models.inversion;

/** Labels that generated images are conditioned on, each a function of its index alone. */
@FunctionalInterface
public interface LabelDraws {

  /** Labels of the draws {@code first .. first + count - 1}; ignored where there are none. */
  int[] of(long first, int count);
}
