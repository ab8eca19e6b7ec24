package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.Manifold;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.metric.MetricRows;
import partita.transforms.metric.RadiiTask;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;

/** The features of the real and of the generated set, as the tasks that score them read them. */
final class ScoredFeatures implements AutoCloseable {
  /** Behind the name of an input: the input with the radii of its features. */
  static final String RADII = "-radii";

  private final ShardContext context;
  private final TableReader real;
  private final TableReader generated;

  ScoredFeatures(ShardContext context) throws IOException {
    this.context = context;
    real = context.open(Comparison.REAL, ImageSetIngest.ALL);
    generated = context.open(Comparison.GENERATED, ImageSetIngest.ALL);
  }

  TableRows real() {
    return new TableRows(real, FeatureTable.FEATURE);
  }

  TableRows generated() {
    return new TableRows(generated, FeatureTable.FEATURE);
  }

  Manifold realBalls(int k) throws IOException {
    return balls(real(), Comparison.REAL, k);
  }

  Manifold generatedBalls(int k) throws IOException {
    return balls(generated(), Comparison.GENERATED, k);
  }

  /** Adds a figure of all rows of both sets, which has no deviation. */
  void add(MetricRows rows, String metric, double value) {
    rows.add(metric, value, Double.NaN, real.rows(), generated.rows());
  }

  private Manifold balls(TableRows features, String input, int k) throws IOException {
    try (TableReader radii = context.open(input + RADII, RadiiTask.RADII)) {
      return RadiiTask.read(features, radii, k, Integer.MAX_VALUE);
    }
  }

  @Override
  public void close() {
    generated.close();
    real.close();
  }
}
