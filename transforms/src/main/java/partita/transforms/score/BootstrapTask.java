package partita.transforms.score;

import java.io.IOException;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import partita.models.metric.Bootstrap;
import partita.models.metric.CovarianceEstimate;
import partita.models.metric.FrechetDistance;
import partita.models.metric.InceptionScore;
import partita.models.metric.InceptionSplits;
import partita.models.metric.Moments;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;
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
 * Interval of a figure over generated rows drawn again with replacement. Inputs are those of the
 * figure's own task. Writes two rows of the role {@code metrics}, the lower and the upper end.
 *
 * @param figure whose interval it is
 * @param naming how the figure is named
 * @param estimate what the covariance is divided by
 * @param splits of the inception score
 * @param cut how the inception score cuts rows into them
 * @param resamples number of draws
 */
public record BootstrapTask(
    Figure figure,
    Naming naming,
    CovarianceEstimate estimate,
    int splits,
    InceptionSplits cut,
    int resamples)
    implements ShardTask {
  private static final double LEVEL = 0.95;

  /**
   * Figures that a row drawn twice does not spoil. It would spoil those of neighbors, one of whom
   * is then at distance 0, and the kernel distance, which leaves out pairs of a row and itself.
   */
  public enum Figure {
    FID,
    IS
  }

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (TableReader generated = context.open(Comparison.GENERATED, ImageSetIngest.ALL)) {
      String column = figure == Figure.IS ? FeatureTable.LOGITS : FeatureTable.FEATURE;
      RowSource rows = new TableRows(generated, column);
      return switch (figure) {
        case IS ->
            interval(context, rows, 0, row -> InceptionScore.ofLogits(row, splits, cut).mean());
        case FID -> {
          Moments real = FrechetTask.moments(context, Comparison.REAL);
          yield interval(
              context,
              rows,
              real.count(),
              drawn -> FrechetDistance.between(real, Moments.of(drawn), estimate).value());
        }
      };
    }
  }

  private ShardResult interval(
      ShardContext context, RowSource rows, long reals, ToDoubleFunction<RowSource> statistic)
      throws IOException {
    Bootstrap interval =
        Bootstrap.of(
            Math.toIntExact(rows.rows()),
            resamples,
            LEVEL,
            context.seed(),
            drawn -> statistic.applyAsDouble(new SelectedRows(rows, drawn)));
    MetricRows written = naming.rows("95 %% interval of %d draws".formatted(resamples));
    String name = naming.of(figure.name().toLowerCase(Locale.ROOT));
    written.add(name, interval.low(), Double.NaN, reals, rows.rows());
    written.add(name, interval.high(), Double.NaN, reals, rows.rows());
    return ShardResult.of(written.write(context));
  }
}
