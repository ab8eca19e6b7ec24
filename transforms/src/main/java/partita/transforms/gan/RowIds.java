package partita.transforms.gan;

import java.io.IOException;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;

/** The columns that tables of points and of images have in common. */
final class RowIds {
  private RowIds() {}

  /** File id of each row. */
  static long[] of(TableReader table) throws IOException {
    return table.longs(ImageTable.ID);
  }

  /** True class of each row. */
  static int[] labels(TableReader table) throws IOException {
    return table.ints(ImageTable.LABEL);
  }
}
