package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelSource;
import partita.transforms.shard.ShardContext;

/** None: the unconditional GAN. */
public record NoLabels() implements LabelRule {

  @Override
  public LabelSource open(NDManager manager, ShardContext context, GanNetworks networks) {
    return LabelSource.none();
  }
}
