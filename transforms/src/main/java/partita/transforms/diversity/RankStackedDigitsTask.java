package partita.transforms.diversity;

import java.io.IOException;
import partita.models.embed.DigitModes;
import partita.models.network.EmbeddingNetwork;
import partita.schemas.table.ConfidenceTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.feature.EmbedTask;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.gan.SampleTask;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * As {@link RankSamplesTask}, of stacked digits, whose 1,000 classes are their {@link DigitModes}.
 *
 * <p>Reads {@code samples} (role {@code samples}) and {@code network}, a classifier of gray digits.
 * Writes {@code confidences} ({@link ConfidenceTable}).
 *
 * @param batch images classified at a time
 */
public record RankStackedDigitsTask(Selection selection, int batch) implements ShardTask {
  public static final String SAMPLES = SampleTask.SAMPLES;
  public static final String NETWORK = EmbedTask.NETWORK;

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (SharedNetwork<EmbeddingNetwork> shared =
            NetworkArtifact.open(context, context.input(NETWORK));
        TableReader table = context.open(SAMPLES, SampleTask.SAMPLES)) {
      long[] ids = table.longs(SampleTable.ID);
      int[] modes = selection.of(DigitModes.MODES);
      DigitModes digits = new DigitModes(shared.network(), new MappedImages(table), batch);
      Ranking ranking = new Ranking(modes, selection.samples());
      ShardMeter meter = new ShardMeter(context, "samples", ids.length);
      for (int first = 0; first < ids.length; first += batch) {
        int count = Math.min(batch, ids.length - first);
        double[][] confidences = digits.confidences(first, count, modes);
        for (int i = 0; i < count; i++) {
          ranking.add(ids[first + i], confidences[i]);
        }
        meter.count(count);
      }
      return ShardResult.of(ranking.write(context));
    }
  }
}
