package partita.pipelines.bench;

import java.util.Locale;

/**
 * How the answers of both sides compare.
 *
 * @param agrees whether they are the same as far as they have to be
 * @param text the comparison in figures; empty when there is nothing to compare
 */
record Answer(boolean agrees, String text) {
  static final Answer NONE = new Answer(true, "");

  /** Whether a figure is that of the peer but for a relative difference. */
  static Answer ofFigure(String figure, Measurement ours, Measurement peer, double tolerance) {
    double difference = Math.abs(ours.value(figure) / peer.value(figure) - 1);
    return new Answer(
        difference <= tolerance,
        String.format(
            Locale.ROOT,
            "%ss differ by %.1e relative, at most %.0e",
            figure,
            difference,
            tolerance));
  }
}
