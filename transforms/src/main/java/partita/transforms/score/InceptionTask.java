package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.InceptionScore;
import partita.models.metric.InceptionSplits;
import partita.models.row.RowSource;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.metric.MetricRows;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Inception score of the class scores that the input {@link Comparison#GENERATED} has; no real set
 * takes part. The standard deviation is over the splits.
 *
 * @param naming how the figure is named
 * @param splits number of parts
 * @param cut how rows are cut into them
 */
public record InceptionTask(Naming naming, int splits, InceptionSplits cut) implements ShardTask {

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (TableReader generated = context.open(Comparison.GENERATED, ImageSetIngest.ALL)) {
      RowSource logits = new TableRows(generated, FeatureTable.LOGITS);
      InceptionScore score = InceptionScore.ofLogits(logits, splits, cut);
      MetricRows rows = naming.rows(cut.definition(splits));
      rows.add(naming.of("is"), score.mean(), score.std(), 0, generated.rows());
      return ShardResult.of(rows.write(context));
    }
  }
}
