package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.ElementType;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.shard.ShardContext;

/** Labels of rows: a raw input that is a {@link LabelFile}, or a column of an artifact's table. */
public final class Labels {
  private static final List<String> COLUMNS = List.of(AssignmentTable.CLUSTER, ImageTable.LABEL);

  private Labels() {}

  /** The column of a table that labels its rows: cluster or label; absent without one. */
  public static Optional<String> column(TableSchema schema) {
    return COLUMNS.stream()
        .filter(
            name ->
                schema.columns().stream()
                    .anyMatch(
                        column -> column.name().equals(name) && column.type() == ElementType.INT32))
        .findFirst();
  }

  /**
   * Refuses columns of two artifacts whose rows are not the same; files have no ids.
   *
   * @throws DatasetException naming the first row that differs
   */
  static void requireSameRows(ShardContext context, String one, String other) throws IOException {
    Optional<long[]> first = ids(context, one);
    Optional<long[]> second = ids(context, other);
    if (first.isEmpty() || second.isEmpty()) {
      return;
    }
    int row = Arrays.mismatch(first.get(), second.get());
    if (row >= 0) {
      throw new DatasetException(
          "Cannot compare labels: row %,d is image %d in one artifact and %d in the other, expected the same rows"
              .formatted(row, id(first.get(), row), id(second.get(), row)));
    }
  }

  private static long id(long[] ids, int row) {
    return row < ids.length ? ids[row] : -1;
  }

  private static Optional<long[]> ids(ShardContext context, String input) throws IOException {
    if (context.inputs().files().containsKey(input)) {
      return Optional.empty();
    }
    try (TableReader table = context.open(input, ImageSetIngest.ALL)) {
      boolean named =
          table.schema().columns().stream()
              .anyMatch(
                  column ->
                      column.name().equals(ImageTable.ID) && column.type() == ElementType.INT64);
      return named ? Optional.of(table.longs(ImageTable.ID)) : Optional.empty();
    }
  }

  static int[] read(ShardContext context, String input) throws IOException {
    if (context.inputs().files().containsKey(input)) {
      return LabelFile.read(Path.of(context.inputs().file(input)));
    }
    try (TableReader table = context.open(input, ImageSetIngest.ALL)) {
      return table.ints(column(table.schema()).orElseThrow());
    }
  }
}
