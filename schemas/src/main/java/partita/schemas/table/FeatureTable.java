package partita.schemas.table;

import java.util.List;

/**
 * Features of images, one a row, in the order of the images.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the image</td></tr>
 * <tr><td>feature</td><td>FLOAT32 [D]</td><td>as the network gives it, not normalized, finite</td>
 * </tr>
 * <tr><td>logits</td><td>FLOAT32 [K]</td><td>optional: class scores before the softmax</td></tr>
 * </table>
 */
public final class FeatureTable {
  public static final String NAME = "features";
  public static final String ID = "id";
  public static final String FEATURE = "feature";
  public static final String LOGITS = "logits";

  private FeatureTable() {}

  /** Features of {@code dimensions} numbers. */
  public static TableSchema schema(int dimensions) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.tensor(FEATURE, ElementType.FLOAT32, dimensions)));
  }

  /** Features with the scores of {@code classes} classes. */
  public static TableSchema schema(int dimensions, int classes) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.tensor(FEATURE, ElementType.FLOAT32, dimensions),
            Column.tensor(LOGITS, ElementType.FLOAT32, classes)));
  }
}
