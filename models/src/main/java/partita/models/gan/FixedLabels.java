package partita.models.gan;

import ai.djl.ndarray.NDArray;

/** A label for each row of the data: clusters it was assigned to, or true classes. */
public final class FixedLabels implements LabelSource {
  private final int[] values;
  private final int labels;

  /**
   * Labels by row.
   *
   * @param labels number of labels k
   * @throws IllegalArgumentException when one is outside of [0, k)
   */
  public FixedLabels(int[] values, int labels) {
    for (int row = 0; row < values.length; row++) {
      if (values[row] < 0 || values[row] >= labels) {
        throw new IllegalArgumentException(
            "Cannot train on labels: row %d has label %d, expected 0 to %d; the number of labels must be that of the clusters or classes"
                .formatted(row, values[row], labels - 1));
      }
    }
    this.values = values.clone();
    this.labels = labels;
  }

  @Override
  public int labels() {
    return labels;
  }

  @Override
  public void requireRows(long rows) {
    if (rows != values.length) {
      throw new IllegalArgumentException(
          "Cannot train on labels: found %d labels for %d rows; run the stage that made them again"
              .formatted(values.length, rows));
    }
  }

  @Override
  public NDArray of(RealBatch batch, LabelDiscriminator live) {
    long[] found = new long[batch.rows().length];
    for (int i = 0; i < found.length; i++) {
      found[i] = values[Math.toIntExact(batch.rows()[i])];
    }
    return batch.samples().getManager().create(found);
  }
}
