package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.ElementType;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
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

  static int[] read(ShardContext context, String input) throws IOException {
    if (context.inputs().files().containsKey(input)) {
      return LabelFile.read(Path.of(context.inputs().file(input)));
    }
    try (TableReader table = context.open(input, ImageSetIngest.ALL)) {
      return table.ints(column(table.schema()).orElseThrow());
    }
  }
}
