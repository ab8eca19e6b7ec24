package partita.schemas.table;

import java.util.List;

/**
 * Which cluster each vector belongs to, one vector a row, in the order of the features.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the vector's image</td></tr>
 * <tr><td>cluster</td><td>INT32</td><td>{@code 0 .. clusters - 1}, a row of the {@link
 * CentroidTable}</td></tr>
 * <tr><td>distance</td><td>FLOAT32</td><td>squared Euclidean distance to the centroid, 0 or more
 * </td></tr>
 * </table>
 */
public final class AssignmentTable {
  public static final String NAME = "assignments";
  public static final String ID = "id";
  public static final String CLUSTER = "cluster";
  public static final String DISTANCE = "distance";

  private AssignmentTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.scalar(CLUSTER, ElementType.INT32),
            Column.scalar(DISTANCE, ElementType.FLOAT32)));
  }
}
