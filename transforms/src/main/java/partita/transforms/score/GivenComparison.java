package partita.transforms.score;

import java.io.IOException;
import partita.transforms.dataset.DatasetException;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;

/** A comparison of what the user gave: what its metric refuses is bad input, not a defect. */
public interface GivenComparison extends Comparison {

  /**
   * Computes the figures.
   *
   * @throws IllegalArgumentException when the metric is not defined for what was given
   */
  Figures figures(ShardContext context) throws IOException, InterruptedException;

  @Override
  default ShardResult run(int shard, ShardContext context)
      throws IOException, InterruptedException {
    try {
      return ShardResult.of(figures(context).write(context));
    } catch (IllegalArgumentException e) {
      throw new DatasetException(String.valueOf(e.getMessage()), e);
    }
  }
}
