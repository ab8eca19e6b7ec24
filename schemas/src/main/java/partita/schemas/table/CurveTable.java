package partita.schemas.table;

import java.util.List;

/**
 * Curves over the steps of a training, one point a row, by step.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>step</td><td>INT64</td><td>global step, from 0</td></tr>
 * <tr><td>series</td><td>UTF8</td><td>what is measured, {@code loss.D}</td></tr>
 * <tr><td>value</td><td>FLOAT64</td><td>in the unit of the series</td></tr>
 * </table>
 */
public final class CurveTable {
  public static final String NAME = "curves";
  public static final String STEP = "step";
  public static final String SERIES = "series";
  public static final String VALUE = "value";

  private CurveTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(STEP, ElementType.INT64),
            Column.scalar(SERIES, ElementType.UTF8),
            Column.scalar(VALUE, ElementType.FLOAT64)));
  }
}
