package partita.transforms.metric;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import partita.models.metric.Manifold;
import partita.models.metric.Moments;
import partita.models.random.CounterRandom;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * The same metrics between two random halves of the real images: what a perfect generator would
 * score. Reads the input {@code real} ({@link FeatureTable}), writes the role {@code metrics} with
 * the protocol {@code real-halves}. The halves follow from the stage's seed; diversity has no
 * meaning here and is absent.
 *
 * @param protocol how
 * @param realRole role of the real features, {@code train} or {@code validation}
 */
public record BaselineTask(Protocol protocol, String realRole) implements ShardTask {
  /** Protocol name of the written rows. */
  public static final String REAL_HALVES = "real-halves";

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    String network = Embedder.of(context, EvaluateTask.REAL);
    MetricRows rows = new MetricRows(-1, protocol.network() + " " + network, REAL_HALVES);
    try (TableReader real = context.open(EvaluateTask.REAL, realRole)) {
      int count = Math.toIntExact(real.rows());
      int[] order = new CounterRandom(context.seed(), "metric.halves").permutation(count, 0);
      int[] first = sorted(order, 0, count / 2);
      int[] second = sorted(order, count / 2, count);
      RowSource features = EvaluateTask.features(real);
      RowSource half = new SelectedRows(features, first);
      Scores scores = new Scores(context, protocol, rows, new SelectedRows(features, second));
      scores.frechet(Moments.of(half));
      if (EvaluateTask.hasLogits(real.schema())) {
        scores.inception(new SelectedRows(new TableRows(real, FeatureTable.LOGITS), second));
      } else {
        scores.withoutClasses();
      }
      int[] chosen = NeighborRows.of(half, protocol.neighborRows(), context.seed(), "metric.real");
      scores.neighbors(Manifold.of(NeighborRows.select(half, chosen), protocol.neighbors()));
      return new ShardResult(List.of(rows.write(context)), scores.facts());
    }
  }

  private static int[] sorted(int[] order, int from, int to) {
    int[] half = Arrays.copyOfRange(order, from, to);
    Arrays.sort(half);
    return half;
  }
}
