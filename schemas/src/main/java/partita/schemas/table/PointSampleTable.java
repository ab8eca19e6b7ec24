package partita.schemas.table;

import java.util.List;

/**
 * Generated points, one a row, with what they were generated from.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>number of the sample</td></tr>
 * <tr><td>label</td><td>INT32</td><td>conditioning class or cluster, -1 when there is none</td></tr>
 * <tr><td>z</td><td>FLOAT32 [Z]</td><td>latent vector</td></tr>
 * <tr><td>point</td><td>FLOAT32 [2]</td><td>x and y, in the units of the data set</td></tr>
 * </table>
 */
public final class PointSampleTable {
  public static final String NAME = "point-samples";
  public static final String ID = "id";
  public static final String LABEL = "label";
  public static final String Z = "z";
  public static final String POINT = "point";

  private PointSampleTable() {}

  /** Samples from latent vectors of {@code latent} numbers. */
  public static TableSchema schema(int latent) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.scalar(LABEL, ElementType.INT32),
            Column.tensor(Z, ElementType.FLOAT32, latent),
            Column.tensor(POINT, ElementType.FLOAT32, 2)));
  }
}
