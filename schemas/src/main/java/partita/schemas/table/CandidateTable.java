package partita.schemas.table;

import java.util.List;

/**
 * The nearest rows found for some feature vectors among a part of the others, before the parts are
 * merged to a {@link NeighborTable}. A vector has as many rows as there are parts with it; which
 * ones is a matter of the stage that writes them.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>neighbors</td><td>INT32 [width]</td><td><em>row indices</em> into the feature table,
 * nearest first, ties by row; -1 behind the last</td></tr>
 * <tr><td>similarities</td><td>FLOAT32 [width]</td><td>their similarities, falling; negative
 * infinity behind the last</td></tr>
 * </table>
 */
public final class CandidateTable {
  public static final String NAME = "candidates";
  public static final String NEIGHBORS = "neighbors";
  public static final String SIMILARITIES = "similarities";

  private CandidateTable() {}

  /** Lists of at most {@code width} rows. */
  public static TableSchema schema(int width) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.tensor(NEIGHBORS, ElementType.INT32, width),
            Column.tensor(SIMILARITIES, ElementType.FLOAT32, width)));
  }
}
