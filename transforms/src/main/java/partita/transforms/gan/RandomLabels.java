package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelSource;
import partita.models.gan.UniformLabels;
import partita.transforms.shard.ShardContext;

/** Drawn uniformly for every batch. */
public record RandomLabels() implements LabelRule {

  @Override
  public LabelSource open(NDManager manager, ShardContext context, GanNetworks networks) {
    return new UniformLabels(networks.labels(), context.seed());
  }
}
