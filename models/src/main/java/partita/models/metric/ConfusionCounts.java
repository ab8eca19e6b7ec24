package partita.models.metric;

/**
 * Pixels by their class in a layout and the class they were found to be of; sums of whole numbers,
 * so the order in which maps are added does not matter.
 */
public final class ConfusionCounts {
  private static final int UNLABELED = 255;

  private final int classes;
  private final long[] counts;

  /** Counts of nothing. */
  public ConfusionCounts(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "Cannot count %d classes: expected at least 1".formatted(classes));
    }
    this.classes = classes;
    this.counts = new long[Math.multiplyExact(classes, classes)];
  }

  /**
   * Counts the pixels of one image.
   *
   * @param layout class of each pixel; one without label, -1 or (as 8-bit maps have it, unless
   *     there is such a class) 255, is not counted
   * @param found class that each was found to be of
   * @throws IllegalArgumentException when the sizes differ or a class is outside; nothing is
   *     counted then
   */
  public void add(int[] layout, int[] found) {
    if (layout.length != found.length) {
      throw new IllegalArgumentException(
          "Cannot compare segmentations: found %d and %d pixels, expected as many; resize the found map to the layout with nearest neighbors"
              .formatted(layout.length, found.length));
    }
    for (int i = 0; i < found.length; i++) {
      if (found[i] < 0 || found[i] >= classes) {
        throw new IllegalArgumentException(
            "Cannot compare segmentations: pixel %d was found to be of class %d, expected 0 to %d"
                .formatted(i, found[i], classes - 1));
      }
      if (!unlabeled(layout[i]) && (layout[i] < 0 || layout[i] >= classes)) {
        throw new IllegalArgumentException(
            "Cannot compare segmentations: pixel %d of the layout is of class %d, expected 0 to %d, or -1 or 255 for none"
                .formatted(i, layout[i], classes - 1));
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (!unlabeled(layout[i])) {
        counts[layout[i] * classes + found[i]]++;
      }
    }
  }

  private boolean unlabeled(int label) {
    return label == -1 || label == UNLABELED && label >= classes;
  }

  /** Adds all that was counted elsewhere. */
  public void add(ConfusionCounts other) {
    if (classes != other.classes) {
      throw new IllegalArgumentException(
          "Cannot add counts of %d classes to counts of %d".formatted(other.classes, classes));
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  public int classes() {
    return classes;
  }

  /** Pixels of class {@code layout} that were found to be of class {@code found}. */
  public long of(int layout, int found) {
    return counts[layout * classes + found];
  }
}
