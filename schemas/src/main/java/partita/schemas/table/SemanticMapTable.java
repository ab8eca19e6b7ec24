package partita.schemas.table;

import java.util.List;

/**
 * What a network sees in images, one a row: the class of each pixel.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the image</td></tr>
 * <tr><td>classes</td><td>UINT8 or INT32 [H, W]</td><td>class of each pixel, from 0</td></tr>
 * <tr><td>shares</td><td>FLOAT32 [classes]</td><td>share of the area that each class takes, in
 * [0, 1]</td></tr>
 * </table>
 *
 * File names are in a {@link SourceTable}.
 */
public final class SemanticMapTable {
  public static final String NAME = "semantic-maps";
  public static final String ID = "id";
  public static final String CLASSES = "classes";
  public static final String SHARES = "shares";

  private static final int MOST_OF_BYTES = 256;

  private SemanticMapTable() {}

  /**
   * Maps of one size.
   *
   * @param classes number of classes; a pixel takes a byte if that is enough for them
   */
  public static TableSchema schema(int height, int width, int classes) {
    ElementType type = classes <= MOST_OF_BYTES ? ElementType.UINT8 : ElementType.INT32;
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.tensor(CLASSES, type, height, width),
            Column.tensor(SHARES, ElementType.FLOAT32, classes)));
  }
}
