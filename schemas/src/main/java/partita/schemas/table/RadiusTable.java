package partita.schemas.table;

import java.util.List;

/**
 * How far feature vectors, or a subset of them, are from their neighbors in it, in the order of the
 * feature table.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>row</td><td>INT64</td><td>row of the feature table</td></tr>
 * <tr><td>squaredRadius</td><td>FLOAT64</td><td>squared L2 distance to the k-th nearest other
 * vector; k is a parameter of the stage</td></tr>
 * </table>
 */
public final class RadiusTable {
  public static final String NAME = "radii";
  public static final String ROW = "row";
  public static final String SQUARED_RADIUS = "squaredRadius";

  private RadiusTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        2,
        List.of(
            Column.scalar(ROW, ElementType.INT64),
            Column.scalar(SQUARED_RADIUS, ElementType.FLOAT64)));
  }
}
