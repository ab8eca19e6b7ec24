package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import partita.models.gan.FrozenClusters;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelDiscriminator;
import partita.models.gan.LabelSource;
import partita.transforms.shard.ShardContext;

/**
 * The clusters of the input {@code clusters}, asked of the discriminator that made them for every
 * batch as it is augmented: the official code.
 */
public record FrozenLabels() implements LabelRule {

  @Override
  public LabelSource open(NDManager manager, ShardContext context, GanNetworks networks)
      throws IOException {
    LabelDiscriminator frozen = networks.discriminator(manager);
    Segments.loadDiscriminator(context, TrainLabelGanTask.CLUSTERS, frozen);
    return new FrozenClusters(
        frozen, CommittedPartition.centroids(context, TrainLabelGanTask.CLUSTERS));
  }
}
