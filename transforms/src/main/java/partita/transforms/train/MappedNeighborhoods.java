package partita.transforms.train;

import java.io.IOException;
import partita.models.train.Neighborhoods;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.TableReader;

/** Neighbors of a mapped table. */
public final class MappedNeighborhoods implements Neighborhoods {
  private final TableReader reader;
  private final int k;

  /** Reads the column {@code neighbors} of a table that the caller closes. */
  public MappedNeighborhoods(TableReader reader) {
    this.reader = reader;
    this.k = reader.schema().column(NeighborTable.NEIGHBORS).elements();
  }

  @Override
  public long rows() {
    return reader.rows();
  }

  @Override
  public int k() {
    return k;
  }

  @Override
  public long neighbor(long row, int rank) throws IOException {
    return reader.bytes(NeighborTable.NEIGHBORS, row).getLong(rank * Long.BYTES);
  }
}
