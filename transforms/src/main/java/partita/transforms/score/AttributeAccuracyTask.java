package partita.transforms.score;

import java.io.IOException;
import java.util.Arrays;
import partita.models.metric.AttributeAccuracy;
import partita.transforms.shard.ShardContext;

/**
 * How often the value of an attribute that a classifier sees, {@link #GENERATED}, is the one that
 * was asked for, {@link #REAL}; both are {@link Labels} of the same samples.
 *
 * @param naming how the figures are named
 */
public record AttributeAccuracyTask(Naming naming) implements GivenComparison {
  private static final String NAME = "attribute-accuracy";

  @Override
  public Figures figures(ShardContext context) throws IOException {
    Labels.requireSameRows(context, REAL, GENERATED);
    int[] wanted = Labels.read(context, REAL);
    int[] found = Labels.read(context, GENERATED);
    AttributeAccuracy accuracy = AttributeAccuracy.of(wanted, found);
    Figures figures =
        new Figures(naming, wanted.length, found.length)
            .add(NAME, "share of all samples", accuracy.accuracy());
    accuracy
        .byValue()
        .forEach(
            (value, share) -> {
              long asked = Arrays.stream(wanted).filter(label -> label == value).count();
              figures.add(NAME, "share of the samples asked for " + value, share, asked, asked);
            });
    return figures;
  }
}
