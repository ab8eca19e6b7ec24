package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import partita.models.op.Workers;
import partita.models.row.Operand;
import partita.models.row.Precision;
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
  private final Precision precision;
  private final float[] center;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final NDArray shift;
  private final RowTiles tiles;
  private final List<Block> kept = new ArrayList<>();

  /**
   * A block that is open.
   *
   * @param tile its rows
   * @param operand the same for products
   * @param own the native memory that goes with it unless it is kept
   */
  record Block(RowTile tile, Operand operand, RowTiles own) implements AutoCloseable {
    @Override
    public void close() {
      own.close();
    }
  }

  /** Rows for products in the format that is fastest here. */
  ScreenedRows(RowSource source) {
    this(source, fastest(source), MOST_KEPT_BYTES);
  }

  /** Rows for products with others, about the same center. */
  ScreenedRows(RowSource source, ScreenedRows others) {
    this(
        source,
        source.rows() < Precision.LEAST_NARROW_WIDTH ? Precision.FLOAT32 : others.precision,
        MOST_KEPT_BYTES,
        others.center);
  }

  /**
   * @param mostKeptBytes rows that take more are not kept
   * @throws IllegalArgumentException when a value of rows that are kept is not finite; names the
   *     row
   */
  ScreenedRows(RowSource source, Precision precision, long mostKeptBytes) {
    this(source, precision, mostKeptBytes, center(source, precision));
  }

  private ScreenedRows(RowSource source, Precision precision, long mostKeptBytes, float[] center) {
    this.source = source;
    this.rows = Math.toIntExact(source.rows());
    this.blocks = Math.max(1, (int) ((rows + MOST_ROWS - 1L) / MOST_ROWS));
    this.precision = precision;
    this.center = center;
    this.shift = manager.create(center);
    this.tiles = new RowTiles(blocks);
    int bytes = precision == Precision.FLOAT32 ? Float.BYTES : Float.BYTES + Short.BYTES;
    if ((long) rows * source.width() * bytes <= mostKeptBytes) {
      keep();
    }
  }

  private static Precision fastest(RowSource source) {
    return Precision.fastest((int) Math.min(source.rows(), source.width()));
  }

  /** Mean of the first rows: about where the data is, so that rounding costs little. */
  private static float[] center(RowSource source, Precision precision) {
    if (precision == Precision.FLOAT32) {
      return new float[source.width()];
    }
    int count = (int) Math.min(MOST_ROWS, source.rows());
    try (RowTiles tiles = new RowTiles(1);
        RowTile tile = tiles.open(count, source.width())) {
      tile.load(source, 0, count);
      return tile.array().mean(new int[] {0}).toFloatArray();
    }
  }

  private void keep() {
    List<RowTile> opened = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      opened.add(tiles.open(count(block), source.width()));
    }
    Operand[] operands = new Operand[blocks];
    try {
      Workers.forEach(blocks, block -> operands[block] = load(opened.get(block), block));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    for (int block = 0; block < blocks; block++) {
      kept.add(new Block(opened.get(block), operands[block], new RowTiles(0)));
    }
  }

  private Operand load(RowTile tile, int block) {
    tile.load(source, first(block), count(block));
    return Operand.of(precision, tile, shift);
  }

  /**
   * A block, which the caller closes.
   *
   * @throws IllegalArgumentException when a value is not finite; names the row
   */
  Block open(int block) {
    if (!kept.isEmpty()) {
      return kept.get(block);
    }
    RowTiles own = new RowTiles(1);
    try {
      RowTile tile = own.open(count(block), source.width());
      return new Block(tile, load(tile, block), own);
    } catch (RuntimeException | Error e) {
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
    manager.close();
  }
}
