package partita.pipelines.scalar;

/**
 * One point of a curve.
 *
 * @param tag name of the curve; a slash parts it into groups
 * @param step training step
 * @param wallSeconds seconds since 1970
 * @param value in the unit of the curve
 */
record Scalar(String tag, long step, double wallSeconds, float value) {

  /**
   * A tag of names: what is neither letter, digit, dot, dash nor slash becomes an underscore, as
   * TensorFlow and PyTorch do it, for readers that refuse other signs.
   */
  static String tag(String... names) {
    return String.join("/", names).replaceAll("[^-/\\w.]", "_");
  }
}
