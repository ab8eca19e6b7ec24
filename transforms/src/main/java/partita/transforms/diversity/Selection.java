package partita.transforms.diversity;

import java.io.Serializable;

/**
 * Which samples are shown of which classes.
 *
 * @param classes classes shown, spread evenly over those of the classifier
 * @param samples samples shown of each, those that the classifier is surest of
 */
public record Selection(int classes, int samples) implements Serializable {

  public Selection {
    if (classes < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "Cannot select %d samples of %d classes each: expected at least 1 each"
              .formatted(samples, classes));
    }
  }

  /** The classes shown, of {@code all}: the first, the last, and between them in equal steps. */
  int[] of(int all) {
    int count = Math.min(classes, all);
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = count == 1 ? 0 : (int) ((long) i * (all - 1) / (count - 1));
    }
    return chosen;
  }
}
