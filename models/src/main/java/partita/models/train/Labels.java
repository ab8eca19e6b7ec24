package partita.models.train;

/** The class of each image, by row. */
public final class Labels {
  private final int[] values;

  public Labels(int[] values) {
    this.values = values.clone();
  }

  /** Number of images. */
  public long rows() {
    return values.length;
  }

  /** Class of the image at {@code row}. */
  public int of(long row) {
    return values[Math.toIntExact(row)];
  }

  /** Classes of several images. */
  public long[] of(long[] rows) {
    long[] labels = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = of(rows[i]);
    }
    return labels;
  }

  /** Refuses labels outside of 0 .. classes - 1, and so unlabeled images. */
  void requireBelow(int classes) {
    for (int row = 0; row < values.length; row++) {
      if (values[row] < 0 || values[row] >= classes) {
        throw new IllegalArgumentException(
            "Cannot train on labels: image %d has label %d, expected 0 to %d; label every image or condition on instances alone"
                .formatted(row, values[row], classes - 1));
      }
    }
  }
}
