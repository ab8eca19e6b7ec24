package partita.schemas.table;

import java.util.List;

/**
 * Instances selected to condition on, one a row, by cluster.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the instance's image</td></tr>
 * <tr><td>row</td><td>INT64</td><td><em>row index</em> of the instance in the feature table</td></tr>
 * <tr><td>cluster</td><td>INT32</td><td>cluster whose centroid it is nearest to, a row of the {@link
 * CentroidTable}</td></tr>
 * </table>
 */
public final class InstanceTable {
  public static final String NAME = "instances";
  public static final String ID = "id";
  public static final String ROW = "row";
  public static final String CLUSTER = "cluster";

  private InstanceTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.scalar(ROW, ElementType.INT64),
            Column.scalar(CLUSTER, ElementType.INT32)));
  }
}
