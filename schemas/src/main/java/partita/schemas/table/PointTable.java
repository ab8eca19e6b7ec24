package partita.schemas.table;

import java.util.List;

/**
 * Points of a two-dimensional data set, one a row.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>number of the point in its data set</td></tr>
 * <tr><td>label</td><td>INT32</td><td>mode that the point was drawn from, -1 when unknown</td></tr>
 * <tr><td>point</td><td>FLOAT32 [2]</td><td>x and y, in the units of the data set</td></tr>
 * </table>
 */
public final class PointTable {
  public static final String NAME = "points";
  public static final String ID = "id";
  public static final String LABEL = "label";
  public static final String POINT = "point";

  private PointTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.scalar(LABEL, ElementType.INT32),
            Column.tensor(POINT, ElementType.FLOAT32, 2)));
  }
}
