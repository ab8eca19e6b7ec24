package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.Serializable;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelSource;
import partita.transforms.shard.ShardContext;

/** Where a training stage has its labels from. */
public interface LabelRule extends Serializable {

  /**
   * The source of labels, from the stage's inputs.
   *
   * @param manager owns arrays that the source holds
   */
  LabelSource open(NDManager manager, ShardContext context, GanNetworks networks)
      throws IOException;
}
