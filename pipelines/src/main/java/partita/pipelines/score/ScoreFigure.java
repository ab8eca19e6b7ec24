package partita.pipelines.score;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One figure of a comparison.
 *
 * @param metric its name, with the network unless that is the official one
 * @param value the figure; the mean over the generated sets where there are several
 * @param std standard deviation over its splits, subsets or generated sets
 * @param low lower end of the 95 % interval over draws of the generated rows, where one was asked
 *     for
 * @param high upper end of it
 * @param protocol how images reach the network
 * @param definition what else the figure depends on, {@code k = 3, <=}
 * @param network name and digest of the network
 * @param realCount rows of the reference, 0 when it takes no part
 * @param generatedCount rows of the generated set, of the smallest where there are several
 * @param warnings what the figure should be read with
 */
public record ScoreFigure(
    String metric,
    double value,
    OptionalDouble std,
    OptionalDouble low,
    OptionalDouble high,
    String protocol,
    String definition,
    String network,
    long realCount,
    long generatedCount,
    List<String> warnings) {

  public ScoreFigure {
    warnings = List.copyOf(warnings);
  }

  /** The same with an interval. */
  ScoreFigure withInterval(double newLow, double newHigh) {
    return new ScoreFigure(
        metric,
        value,
        std,
        OptionalDouble.of(newLow),
        OptionalDouble.of(newHigh),
        protocol,
        definition,
        network,
        realCount,
        generatedCount,
        warnings);
  }
}
