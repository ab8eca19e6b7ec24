package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableReader;

/** File names of images that were left out, as far as a stage wrote them down. */
final class SkippedImages {
  /** Role under which ingestion lists them. */
  private static final String ROLE = "skipped";

  private static final int MOST_NAMES = 5;

  private SkippedImages() {}

  /** The first few names by the action key of the artifact that lists them. */
  static Map<String, List<String>> names(RunTables tables) throws IOException {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (RunTables.Table table : tables.named(SourceTable.NAME)) {
      if (table.role().equals(ROLE)) {
        try (TableReader reader = tables.open(table)) {
          List<String> first = new ArrayList<>();
          for (int row = 0; row < Math.min(MOST_NAMES, reader.rows()); row++) {
            first.add(reader.text(SourceTable.SOURCE, row));
          }
          if (reader.rows() > MOST_NAMES) {
            first.add("…");
          }
          names.put(table.artifact().actionKey(), first);
        }
      }
    }
    return names;
  }
}
