package partita.pipelines.bench;

/**
 * How the answers of both sides compare.
 *
 * @param agrees whether they are the same as far as they have to be
 * @param text the comparison in figures; empty when there is nothing to compare
 */
record Answer(boolean agrees, String text) {
  static final Answer NONE = new Answer(true, "");
}
