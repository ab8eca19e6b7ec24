package partita.pipelines.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;

/** Tiles of the images of one table, {@link ImageTable} or samples, by row or by image id. */
final class ImageTiles implements AutoCloseable {
  /** Larger images are reduced, so that a page of many stays a few megabytes. */
  private static final int LONGEST_EDGE = 128;

  private final TableReader reader;
  private final List<Integer> shape;

  private ImageTiles(TableReader reader) {
    this.reader = reader;
    this.shape = reader.schema().column(ImageTable.PIXELS).shape();
  }

  static ImageTiles open(RunTables tables, RunTables.Table table) throws IOException {
    return new ImageTiles(tables.open(table));
  }

  Tile row(Origin origin, String label, long row) throws IOException {
    ByteBuffer bytes = reader.bytes(ImageTable.PIXELS, row);
    byte[] pixels = new byte[bytes.remaining()];
    bytes.get(pixels);
    return PngTile.of(
        origin, label, pixels, shape.get(0), shape.get(1), shape.get(2), LONGEST_EDGE);
  }

  Optional<Tile> id(Origin origin, String label, long id) throws IOException {
    long row = find(id);
    return row < 0 ? Optional.empty() : Optional.of(row(origin, label, row));
  }

  /** Rows are in the order of ids, so that few batches of a large table need to be read. */
  private long find(long id) throws IOException {
    long low = 0;
    long high = reader.rows() - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      long found = reader.bytes(ImageTable.ID, middle).getLong(0);
      if (found == id) {
        return middle;
      } else if (found < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    reader.close();
  }
}
