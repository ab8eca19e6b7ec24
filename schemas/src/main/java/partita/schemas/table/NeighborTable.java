package partita.schemas.table;

import java.util.List;

/**
 * Nearest neighbors of feature vectors, one vector a row, in the order of the features.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the vector's image</td></tr>
 * <tr><td>neighbors</td><td>INT64 [k]</td><td><em>row indices</em> into the feature table, nearest
 * first, ties by row, the vector itself left out</td></tr>
 * <tr><td>similarities</td><td>FLOAT32 [k]</td><td>cosine similarities, -1 .. 1, falling</td></tr>
 * </table>
 */
public final class NeighborTable {
  public static final String NAME = "neighbors";
  public static final String ID = "id";
  public static final String NEIGHBORS = "neighbors";
  public static final String SIMILARITIES = "similarities";

  private NeighborTable() {}

  /** The {@code k} nearest neighbors. */
  public static TableSchema schema(int k) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.tensor(NEIGHBORS, ElementType.INT64, k),
            Column.tensor(SIMILARITIES, ElementType.FLOAT32, k)));
  }
}
