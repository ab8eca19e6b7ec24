package partita.transforms.gan;

import java.io.IOException;
import java.util.Arrays;
import partita.models.gan.GanNetworks;
import partita.models.random.CounterRandom;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;
import partita.transforms.shard.ShardContext;

/** The distribution that labels of samples are drawn from. */
final class LabelWeights {
  private final long[] cumulative;

  private LabelWeights(long[] weights) {
    this.cumulative = weights.clone();
    Arrays.parallelPrefix(cumulative, Math::addExact);
  }

  /** By the sizes that the inputs tell; uniform when they tell none. */
  static LabelWeights open(ShardContext context, GanNetworks networks) throws IOException {
    long[] weights = new long[networks.labels()];
    if (context.inputs().artifacts().containsKey(SampleLabelGanTask.CLUSTERS)) {
      try (TableReader table =
          context.open(SampleLabelGanTask.CLUSTERS, CommittedPartition.CENTROIDS)) {
        weights = table.longs(CentroidTable.SIZE);
      }
    } else if (context.inputs().artifacts().containsKey(SampleLabelGanTask.DATA)) {
      try (TableReader table = context.open(SampleLabelGanTask.DATA, IngestTask.TRAIN)) {
        for (int label : table.ints(ImageTable.LABEL)) {
          weights[label]++;
        }
      }
    } else {
      Arrays.fill(weights, 1);
    }
    return new LabelWeights(weights);
  }

  /** Labels of samples {@code first .. first + count - 1}, all -1 where there are no labels. */
  int[] draw(long seed, int first, int count) {
    int[] labels = new int[count];
    if (cumulative.length == 0) {
      Arrays.fill(labels, (int) SampleConditions.NONE);
      return labels;
    }
    CounterRandom random = new CounterRandom(seed, "sample.label");
    long total = cumulative[cumulative.length - 1];
    for (int i = 0; i < count; i++) {
      long target = (long) (random.uniform(0, first + i, 0) * total);
      int label = 0;
      while (cumulative[label] <= target) {
        label++;
      }
      labels[i] = label;
    }
    return labels;
  }
}
