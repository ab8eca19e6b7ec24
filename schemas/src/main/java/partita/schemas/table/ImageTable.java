package partita.schemas.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Images, one a row, with what is known of them.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id: stays with the image through every split and
 * subset, unlike its row index</td></tr>
 * <tr><td>label</td><td>INT32</td><td>class {@code 0 .. classes - 1}, -1 when unlabeled</td></tr>
 * <tr><td>pixels</td><td>UINT8 [C, H, W]</td><td>0 .. 255, channels red, green, blue or gray
 * alone</td></tr>
 * <tr><td>semantic</td><td>INT32 [H, W]</td><td>optional: semantic class of each pixel, -1 where
 * unknown</td></tr>
 * <tr><td>instances</td><td>INT32 [H, W]</td><td>optional: instance of each pixel, 0 where there
 * is none; any number of instances</td></tr>
 * <tr><td>attributes</td><td>FLOAT32 [A]</td><td>optional: true attributes, as the dataset
 * describes them</td></tr>
 * </table>
 *
 * File names are in a {@link SourceTable}, so that a row here has a fixed width.
 */
public final class ImageTable {
  public static final String NAME = "images";
  public static final String ID = "id";
  public static final String LABEL = "label";
  public static final String PIXELS = "pixels";
  public static final String SEMANTIC = "semantic";
  public static final String INSTANCES = "instances";
  public static final String ATTRIBUTES = "attributes";

  /** Label of an image whose class is not known. */
  public static final int UNLABELED = -1;

  private ImageTable() {}

  /** Images alone. */
  public static TableSchema schema(int channels, int height, int width) {
    return schema(channels, height, width, false, false, 0);
  }

  /**
   * Images with semantic maps, instance maps and attributes.
   *
   * @param attributes number of attributes, 0 for none
   */
  public static TableSchema schema(
      int channels, int height, int width, boolean semantic, boolean instances, int attributes) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.scalar(ID, ElementType.INT64));
    columns.add(Column.scalar(LABEL, ElementType.INT32));
    columns.add(Column.tensor(PIXELS, ElementType.UINT8, channels, height, width));
    if (semantic) {
      columns.add(Column.tensor(SEMANTIC, ElementType.INT32, height, width));
    }
    if (instances) {
      columns.add(Column.tensor(INSTANCES, ElementType.INT32, height, width));
    }
    if (attributes > 0) {
      columns.add(Column.tensor(ATTRIBUTES, ElementType.FLOAT32, attributes));
    }
    return new TableSchema(NAME, 1, columns);
  }
}
