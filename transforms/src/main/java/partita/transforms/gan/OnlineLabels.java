package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelSource;
import partita.models.gan.OnlineClusters;
import partita.transforms.shard.ShardContext;

/**
 * The clusters of the input {@code clusters}, moved with every batch.
 *
 * @param memory a centroid counts so many points at most, and so moves by 1 / memory in the end
 * @param starvedSteps a cluster without a point in so many steps is reseeded
 */
public record OnlineLabels(long memory, long starvedSteps) implements LabelRule {

  @Override
  public LabelSource open(NDManager manager, ShardContext context, GanNetworks networks)
      throws IOException {
    return new OnlineClusters(
        manager,
        CommittedPartition.centroids(context, TrainLabelGanTask.CLUSTERS),
        memory,
        starvedSteps);
  }
}
