package partita.schemas.table;

import java.util.List;

/**
 * How far feature vectors are from their neighbors, one vector a row, in the order of the feature
 * table.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>squaredRadius</td><td>FLOAT64</td><td>squared L2 distance to the k-th nearest other
 * vector; k is a parameter of the stage</td></tr>
 * </table>
 */
public final class RadiusTable {
  public static final String NAME = "radii";
  public static final String SQUARED_RADIUS = "squaredRadius";

  private RadiusTable() {}

  public static TableSchema schema() {
    return new TableSchema(NAME, 1, List.of(Column.scalar(SQUARED_RADIUS, ElementType.FLOAT64)));
  }
}
