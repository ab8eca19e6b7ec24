package partita.transforms.score;

import java.io.IOException;
import partita.models.row.RowSource;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;

/** The features of the real and of the generated set, as the tasks that score them read them. */
final class ScoredFeatures implements AutoCloseable {
  private final TableReader real;
  private final TableReader generated;

  ScoredFeatures(ShardContext context) throws IOException {
    real = context.open(Comparison.REAL, ImageSetIngest.ALL);
    generated = context.open(Comparison.GENERATED, ImageSetIngest.ALL);
  }

  RowSource real() {
    return new TableRows(real, FeatureTable.FEATURE);
  }

  RowSource generated() {
    return new TableRows(generated, FeatureTable.FEATURE);
  }

  @Override
  public void close() {
    generated.close();
    real.close();
  }
}
