package partita.transforms.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import partita.models.row.RowSource;
import partita.schemas.table.Column;
import partita.schemas.table.ElementType;
import partita.schemas.table.TableReader;

/** A FLOAT32 column of a table as rows of vectors, read from the mapped file as they are needed. */
public final class TableRows implements RowSource {
  private final TableReader table;
  private final Column column;

  /**
   * Reads one column; the table must stay open meanwhile.
   *
   * @throws IllegalArgumentException when there is no such column or its elements are not FLOAT32
   */
  public TableRows(TableReader table, String column) {
    this.table = table;
    this.column = table.schema().column(column);
    if (this.column.type() != ElementType.FLOAT32) {
      throw new IllegalArgumentException(
          "Cannot read column %s of %s as vectors: it is %s, expected FLOAT32"
              .formatted(column, table.schema().name(), this.column.type()));
    }
  }

  @Override
  public long rows() {
    return table.rows();
  }

  @Override
  public int width() {
    return column.elements();
  }

  @Override
  public void read(long row, int count, FloatBuffer target) {
    try {
      table.read(column.name(), row, count, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
