package partita.schemas.table;

import java.util.List;

/**
 * Moments of blocks of feature vectors, one block a row, in the order of the vectors; merged in
 * this order they are the moments of all. A batch holds one row.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>count</td><td>INT64</td><td>vectors of the block</td></tr>
 * <tr><td>mean</td><td>FLOAT64 [D]</td><td>their mean</td></tr>
 * <tr><td>scatter</td><td>FLOAT64 [D (D + 1) / 2]</td><td>sum of outer products of deviations from
 * the mean, the upper triangle row after row</td></tr>
 * </table>
 */
public final class MomentsTable {
  public static final String NAME = "moments";
  public static final String COUNT = "count";
  public static final String MEAN = "mean";
  public static final String SCATTER = "scatter";

  private MomentsTable() {}

  /** Moments of vectors of {@code dimensions} numbers. */
  public static TableSchema schema(int dimensions) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(COUNT, ElementType.INT64),
            Column.tensor(MEAN, ElementType.FLOAT64, dimensions),
            Column.tensor(
                SCATTER,
                ElementType.FLOAT64,
                Math.toIntExact(dimensions * (dimensions + 1L) / 2))));
  }
}
