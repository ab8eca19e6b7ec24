package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelSource;
import partita.models.gan.Unlabeled;
import partita.transforms.shard.ShardContext;

/** None: the unconditional GAN, and MGAN, which draws its generators itself. */
public record NoLabels() implements LabelRule {

  @Override
  public LabelSource open(NDManager manager, ShardContext context, GanNetworks networks) {
    return new Unlabeled();
  }
}
