package partita.models.cluster;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import partita.models.op.Workers;
import partita.models.row.Operand;
import partita.models.row.Precision;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * Rows in blocks of a fixed size, each with its operand for the screening product. They are kept in
 * native memory when they fit and there is more than one pass to come; else a block is read from
 * the source each time it is used.
 */
final class RowBlocks implements AutoCloseable {
  private static final long MOST_KEPT_BYTES = 1L << 30;

  /** A float32 and, of the operand, a bfloat16. */
  private static final long BYTES_PER_VALUE = 6;

  /** Scores of a block and all centroids at a time. */
  private static final int MOST_SCORES = 1 << 20;

  private static final int MOST_ROWS = 1024;
  private static final int LEAST_ROWS = 64;

  private final RowSource source;
  private final long first;
  private final int rows;
  private final int blockRows;
  private final Precision precision;
  private final RowTiles tiles;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final NDArray center;
  private final boolean keep;
  private final List<Block> kept = new ArrayList<>();

  /** Receives a block. */
  @FunctionalInterface
  interface Use {
    /**
     * @param tile the block's rows
     * @param operand the same rows for the product; both are valid during the call only
     * @param offset index of the first among the rows used
     */
    void accept(RowTile tile, Operand operand, int offset);
  }

  private record Block(RowTile tile, Operand operand) {}

  /**
   * @param source {@code [N, D]}
   * @param first first row used
   * @param rows number of rows used
   * @param center what is subtracted of bfloat16 operands, {@code [D]}
   * @param precision of the operands
   * @param centroids number of centroids they are going to be compared with
   * @param again whether every row is going to be used more than once
   */
  RowBlocks(
      RowSource source,
      long first,
      int rows,
      float[] center,
      Precision precision,
      int centroids,
      boolean again) {
    this.source = source;
    this.first = first;
    this.rows = rows;
    this.precision = precision;
    this.blockRows =
        Math.min(rows, Math.max(LEAST_ROWS, Math.min(MOST_ROWS, MOST_SCORES / centroids)));
    this.center = manager.create(center);
    this.tiles = new RowTiles(blocks());
    this.keep = again && BYTES_PER_VALUE * rows * source.width() <= MOST_KEPT_BYTES;
  }

  /**
   * Gives every block to {@code use}, several at a time.
   *
   * @throws IllegalArgumentException when a value is NaN or infinite; names the row
   */
  void forEach(Use use) {
    if (!keep) {
      Workers.forEach(blocks(), block -> stream(block, use));
      return;
    }
    if (kept.isEmpty()) {
      keep();
    }
    Workers.forEach(
        blocks(),
        block -> use.accept(kept.get(block).tile(), kept.get(block).operand(), block * blockRows));
  }

  private void keep() {
    List<RowTile> opened = new ArrayList<>();
    for (int block = 0; block < blocks(); block++) {
      opened.add(tiles.open(blockRows, source.width()));
    }
    Operand[] operands = new Operand[blocks()];
    Workers.forEach(blocks(), block -> operands[block] = load(opened.get(block), block));
    for (int block = 0; block < blocks(); block++) {
      kept.add(new Block(opened.get(block), operands[block]));
    }
  }

  private void stream(int block, Use use) {
    try (RowTiles own = new RowTiles(1);
        RowTile tile = own.open(blockRows, source.width())) {
      use.accept(tile, load(tile, block), block * blockRows);
    }
  }

  private Operand load(RowTile tile, int block) {
    int offset = block * blockRows;
    tile.load(source, first + offset, Math.min(blockRows, rows - offset));
    return Operand.of(precision, tile, center);
  }

  /** Copies one of the rows used into {@code vector}. */
  void read(int row, float[] vector) {
    if (kept.isEmpty()) {
      source.read(first + row, 1, FloatBuffer.wrap(vector));
    } else {
      kept.get(row / blockRows).tile().copy(row % blockRows, vector, 0);
    }
  }

  int rows() {
    return rows;
  }

  int width() {
    return source.width();
  }

  private int blocks() {
    return (rows + blockRows - 1) / blockRows;
  }

  @Override
  public void close() {
    tiles.close();
    manager.close();
  }
}
