package partita.schemas.table;

import java.util.List;

/**
 * Where images came from, one a row, beside an {@link ImageTable} of the same rows.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the image</td></tr>
 * <tr><td>source</td><td>UTF8</td><td>file name relative to the dataset's folder, with slashes;
 * empty for a generated image</td></tr>
 * </table>
 */
public final class SourceTable {
  public static final String NAME = "sources";
  public static final String ID = "id";
  public static final String SOURCE = "source";

  private SourceTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(Column.scalar(ID, ElementType.INT64), Column.scalar(SOURCE, ElementType.UTF8)));
  }
}
