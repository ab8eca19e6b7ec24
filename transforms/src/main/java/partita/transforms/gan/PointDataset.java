package partita.transforms.gan;

import java.io.IOException;
import partita.models.gan.PointData;
import partita.models.gan.RealData;
import partita.schemas.table.PointTable;
import partita.schemas.table.TableReader;

/** Points of a {@link PointTable}, as they are. */
public record PointDataset() implements GanDataset {

  @Override
  public RealData open(TableReader table, long seed) throws IOException {
    return new PointData(table.expect(PointTable.schema()).floats(PointTable.POINT));
  }
}
