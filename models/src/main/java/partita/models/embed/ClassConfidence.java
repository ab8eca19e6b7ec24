package partita.models.embed;

/** Probabilities that a classifier gives to classes: the softmax of its scores, in float64. */
public final class ClassConfidence {
  private ClassConfidence() {}

  /**
   * Probabilities of some classes.
   *
   * @param logits scores of all classes of an image, from {@code offset} on
   * @param count number of classes
   * @param classes those asked for, {@code 0 .. count - 1}
   * @return one for each class asked for, in [0, 1]
   */
  public static double[] of(float[] logits, int offset, int count, int[] classes) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, logits[offset + i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += StrictMath.exp(logits[offset + i] - most);
    }
    double[] confidences = new double[classes.length];
    for (int i = 0; i < classes.length; i++) {
      confidences[i] = StrictMath.exp(logits[offset + classes[i]] - most) / sum;
    }
    return confidences;
  }
}
