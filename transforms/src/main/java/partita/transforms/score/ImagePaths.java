package partita.transforms.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.shard.ShardContext;

/** Where the images of a set lay. */
final class ImagePaths {
  private ImagePaths() {}

  /** Paths below their folder, in the order of the rows. */
  static List<String> of(ShardContext context, String input) throws IOException {
    List<String> paths = new ArrayList<>();
    try (TableReader table = context.open(input, ImageSetIngest.SOURCES)) {
      for (long row = 0; row < table.rows(); row++) {
        paths.add(table.text(SourceTable.SOURCE, row));
      }
    }
    return paths;
  }
}
