package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import partita.models.gan.FixedLabels;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelSource;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;
import partita.transforms.shard.ShardContext;

/** The true classes of the input {@code data}. */
public record ClassLabels() implements LabelRule {

  @Override
  public LabelSource open(NDManager manager, ShardContext context, GanNetworks networks)
      throws IOException {
    try (TableReader table = context.open(TrainLabelGanTask.DATA, IngestTask.TRAIN)) {
      return new FixedLabels(RowIds.labels(table), networks.labels());
    }
  }
}
