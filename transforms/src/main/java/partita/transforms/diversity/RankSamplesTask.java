package partita.transforms.diversity;

import java.io.IOException;
import java.nio.FloatBuffer;
import partita.models.embed.ClassConfidence;
import partita.schemas.table.ConfidenceTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.transforms.gan.SampleTask;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Sorts generated images by a classifier's confidence in a class (Liu et al., "Diverse image
 * generation via self-conditioned GANs", CVPR 2020, section 4.4.1 and Figure 4).
 *
 * <p>Reads {@code features} (role {@code samples} with class scores). Writes {@code confidences}
 * ({@link ConfidenceTable}).
 */
public record RankSamplesTask(Selection selection) implements ShardTask {
  public static final String FEATURES = "features";

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (TableReader table = context.open(FEATURES, SampleTask.SAMPLES)) {
      TableRows logits = new TableRows(table, FeatureTable.LOGITS);
      long[] ids = table.longs(FeatureTable.ID);
      int[] classes = selection.of(logits.width());
      Ranking ranking = new Ranking(classes, selection.samples());
      ShardMeter meter = new ShardMeter(context, "samples", ids.length);
      float[] scores = new float[logits.width()];
      for (int row = 0; row < ids.length; row++) {
        logits.read(row, 1, FloatBuffer.wrap(scores));
        ranking.add(ids[row], ClassConfidence.of(scores, 0, scores.length, classes));
        meter.count();
      }
      return ShardResult.of(ranking.write(context));
    }
  }
}
