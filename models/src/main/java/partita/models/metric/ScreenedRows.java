package partita.models.metric;

import java.util.ArrayList;
import java.util.List;
import partita.models.op.Workers;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * Rows in blocks of about equal size. They are kept in native memory when they fit; else a block is
 * read from the source each time it is opened. Blocks may be opened by several threads.
 */
final class ScreenedRows implements AutoCloseable {
  private static final int MOST_ROWS = 1024;
  private static final long MOST_KEPT_BYTES = 1L << 29;

  private final RowSource source;
  private final int rows;
  private final int blocks;
  private final RowTiles tiles;
  private final List<RowTile> kept = new ArrayList<>();

  /** A block that is open: its rows, and the native memory that goes with it unless it is kept. */
  record Block(RowTile tile, RowTiles own) implements AutoCloseable {
    @Override
    public void close() {
      own.close();
    }
  }

  /**
   * @throws IllegalArgumentException when a value of rows that are kept is not finite; names the
   *     row
   */
  ScreenedRows(RowSource source) {
    this.source = source;
    this.rows = Math.toIntExact(source.rows());
    this.blocks = Math.max(1, (int) ((rows + MOST_ROWS - 1L) / MOST_ROWS));
    this.tiles = new RowTiles(blocks);
    if ((long) rows * source.width() * Float.BYTES <= MOST_KEPT_BYTES) {
      keep();
    }
  }

  private void keep() {
    for (int block = 0; block < blocks; block++) {
      kept.add(tiles.open(count(block), source.width()));
    }
    try {
      Workers.forEach(blocks, block -> load(kept.get(block), block));
    } catch (IllegalArgumentException e) {
      close();
      throw e;
    }
  }

  private void load(RowTile tile, int block) {
    tile.load(source, first(block), count(block));
  }

  /**
   * A block, which the caller closes.
   *
   * @throws IllegalArgumentException when a value is not finite; names the row
   */
  Block open(int block) {
    if (!kept.isEmpty()) {
      return new Block(kept.get(block), new RowTiles(0));
    }
    RowTiles own = new RowTiles(1);
    try {
      RowTile tile = own.open(count(block), source.width());
      load(tile, block);
      return new Block(tile, own);
    } catch (IllegalArgumentException e) {
      own.close();
      throw e;
    }
  }

  int blocks() {
    return blocks;
  }

  /** First row of a block; of the block after the last, the number of rows. */
  int first(int block) {
    return (int) ((long) rows * block / blocks);
  }

  int count(int block) {
    return first(block + 1) - first(block);
  }

  int rows() {
    return rows;
  }

  @Override
  public void close() {
    tiles.close();
  }
}
