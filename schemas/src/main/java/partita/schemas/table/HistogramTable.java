package partita.schemas.table;

import java.util.List;

/**
 * How many of some rows have each label, one part of the rows a row; parts are added up.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>counts</td><td>INT64 [classes]</td><td>rows of each label</td></tr>
 * </table>
 */
public final class HistogramTable {
  public static final String NAME = "histogram";
  public static final String COUNTS = "counts";

  private HistogramTable() {}

  /** Counts of labels {@code 0 .. classes - 1}. */
  public static TableSchema schema(int classes) {
    return new TableSchema(NAME, 1, List.of(Column.tensor(COUNTS, ElementType.INT64, classes)));
  }
}
