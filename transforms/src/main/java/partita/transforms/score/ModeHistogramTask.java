package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.ModeHistogram;
import partita.transforms.shard.ShardContext;

/**
 * Modes that samples fell into, {@link #GENERATED}, {@link Labels}, against as many equally likely
 * ones; no real set takes part.
 *
 * @param naming how the figures are named
 * @param modes how many there are
 */
public record ModeHistogramTask(Naming naming, int modes) implements GivenComparison {

  @Override
  public Figures figures(ShardContext context) throws IOException {
    ModeHistogram histogram = ModeHistogram.of(Labels.read(context, GENERATED), modes);
    return new Figures(naming, 0, histogram.samples())
        .add("modes", "classes of %d with a sample".formatted(modes), histogram.covered())
        .add("reverse-kl(ln)", "to uniform over %d, ln".formatted(modes), histogram.reverseKl())
        .add(
            "reverse-kl(log10)",
            "to uniform over %d, log10".formatted(modes),
            histogram.reverseKlLog10());
  }
}
