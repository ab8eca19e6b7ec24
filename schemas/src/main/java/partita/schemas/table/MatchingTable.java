package partita.schemas.table;

import java.util.List;

/**
 * How the clusters of a round follow from those of the round before, one cluster a row.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>cluster</td><td>INT32</td><td>{@code 0 .. clusters - 1}, the label that training
 * uses</td></tr>
 * <tr><td>found</td><td>INT32</td><td>index under which k-means found it, before it was matched
 * </td></tr>
 * <tr><td>shared</td><td>INT64</td><td>rows of the clustered subset that had this label before and
 * have it still</td></tr>
 * <tr><td>before</td><td>INT64</td><td>rows of the subset that had this label before</td></tr>
 * <tr><td>now</td><td>INT64</td><td>rows of the subset that have it now</td></tr>
 * </table>
 */
public final class MatchingTable {
  public static final String NAME = "matching";
  public static final String CLUSTER = "cluster";
  public static final String FOUND = "found";
  public static final String SHARED = "shared";
  public static final String BEFORE = "before";
  public static final String NOW = "now";

  private MatchingTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(CLUSTER, ElementType.INT32),
            Column.scalar(FOUND, ElementType.INT32),
            Column.scalar(SHARED, ElementType.INT64),
            Column.scalar(BEFORE, ElementType.INT64),
            Column.scalar(NOW, ElementType.INT64)));
  }
}
