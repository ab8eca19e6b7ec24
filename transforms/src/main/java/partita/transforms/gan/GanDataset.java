package partita.transforms.gan;

import java.io.IOException;
import java.io.Serializable;
import partita.models.gan.RealData;
import partita.schemas.table.TableReader;

/** How the rows of an ingested table are what a GAN learns. */
public interface GanDataset extends Serializable {

  /**
   * The rows of a table that stays open while they are used.
   *
   * @param seed seed of augmentations
   */
  RealData open(TableReader table, long seed) throws IOException;
}
