package partita.schemas.table;

import java.util.List;

/**
 * Centroids of a clustering, one a row, by cluster.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>cluster</td><td>INT32</td><td>{@code 0 .. clusters - 1}, equal to the row</td></tr>
 * <tr><td>size</td><td>INT64</td><td>number of vectors assigned to it</td></tr>
 * <tr><td>centroid</td><td>FLOAT32 [D]</td><td>in the space of the clustered features</td></tr>
 * </table>
 */
public final class CentroidTable {
  public static final String NAME = "centroids";
  public static final String CLUSTER = "cluster";
  public static final String SIZE = "size";
  public static final String CENTROID = "centroid";

  private CentroidTable() {}

  /** Centroids of {@code dimensions} numbers. */
  public static TableSchema schema(int dimensions) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(CLUSTER, ElementType.INT32),
            Column.scalar(SIZE, ElementType.INT64),
            Column.tensor(CENTROID, ElementType.FLOAT32, dimensions)));
  }
}
