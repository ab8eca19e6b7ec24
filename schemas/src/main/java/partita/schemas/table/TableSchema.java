package partita.schemas.table;

import java.util.List;
import partita.schemas.artifact.KeyHasher;

/**
 * Name, version and columns of a table.
 *
 * @param name what a row is, {@code images}
 * @param version raised when the meaning of a column changes
 */
public record TableSchema(String name, int version, List<Column> columns) {

  public TableSchema {
    columns = List.copyOf(columns);
    if (columns.stream().map(Column::name).distinct().count() != columns.size()) {
      throw new IllegalArgumentException("Table " + name + " names a column twice");
    }
  }

  /** Equal for equal schemas; kept with each file so that a reader knows what it opens. */
  public String fingerprint() {
    return new KeyHasher("table-schema").put("schema", this).digest();
  }

  /** Index of a column; an error lists the columns there are. */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read column '"
            + column
            + "': table "
            + name
            + " has "
            + columns.stream().map(Column::name).toList());
  }

  /** The column of a name. */
  public Column column(String name) {
    return columns.get(indexOf(name));
  }

  /** Name, version and columns in one line: {@code points 1 [id INT64, point FLOAT32[2]]}. */
  public String describe() {
    return name + " " + version + " " + columns.stream().map(Column::describe).toList();
  }

  /** What this schema has and another has not, for an error message. */
  public String difference(TableSchema expected) {
    if (!name.equals(expected.name) || version != expected.version) {
      return "found table %s, expected %s".formatted(describe(), expected.describe());
    }
    List<String> found = columns.stream().map(Column::describe).toList();
    List<String> wanted = expected.columns.stream().map(Column::describe).toList();
    return "table %s has %s where %s is expected"
        .formatted(
            name,
            found.stream().filter(column -> !wanted.contains(column)).toList(),
            wanted.stream().filter(column -> !found.contains(column)).toList());
  }
}
