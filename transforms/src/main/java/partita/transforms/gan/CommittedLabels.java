package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import partita.models.gan.FixedLabels;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelSource;
import partita.transforms.shard.ShardContext;

/** The committed partition of the input {@code clusters}. */
public record CommittedLabels() implements LabelRule {

  @Override
  public LabelSource open(NDManager manager, ShardContext context, GanNetworks networks)
      throws IOException {
    return new FixedLabels(
        CommittedPartition.labels(context, TrainLabelGanTask.CLUSTERS), networks.labels());
  }
}
