package partita.models.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import partita.models.op.TorchScript;
import partita.models.op.Workers;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * Rows of one block after another in native memory, {@code [N, D]} float64, less their mean; about
 * 70 MB at 2,048 dimensions. Memory is taken once: that the system hands out pages anew would take
 * longer than what is done with them.
 */
final class ScatterBlock implements AutoCloseable {
  /** Rows that are read at a time: they stay in a core's cache while they are widened. */
  private static final int TILE_ROWS = 64;

  /** Tiles that one task reads. */
  private static final int TILES = 8;

  /**
   * Columns whose products one task computes: fewer lose less to what is below the diagonal, and
   * 192 were seen to be the fastest from 96 to 384.
   */
  private static final int STRIP = 192;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def widen(self: __torch__.Ops, wide: Tensor, x: Tensor, first: int, count: int) -> Tensor:
              return torch.copy_(torch.narrow(wide, 0, first, count), torch.narrow(x, 0, 0, count))
            def center(self: __torch__.Ops, wide: Tensor, rows: int, first: int, count: int) -> Tensor:
              strip = torch.narrow(torch.narrow(wide, 0, 0, rows), 1, first, count)
              mean = torch.mean(strip, [0])
              _0 = torch.sub_(strip, mean)
              return mean
            def products(self: __torch__.Ops, wide: Tensor, rows: int, first: int, count: int) -> Tensor:
              x = torch.narrow(wide, 0, 0, rows)
              columns = torch.sub(torch.size(x, 1), first)
              strip = torch.t(torch.narrow(x, 1, first, count))
              return torch.mm(strip, torch.narrow(x, 1, first, columns))
          """);

  private final RowSource rows;
  private final int width;
  private final NDManager manager;
  private final Workers workers;
  private final NDArray wide;

  /** For blocks of at most {@code capacity} rows of the source. */
  ScatterBlock(RowSource rows, int capacity) {
    this.rows = rows;
    this.width = rows.width();
    this.manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    // Rows whose distance is a power of two would displace each other in the cache.
    this.wide = manager.create(new Shape(capacity, width + 8), DataType.FLOAT64).get(":,:" + width);
    this.workers = Workers.start();
  }

  /**
   * Loads rows and takes their mean from them.
   *
   * @return the mean {@code [D]}
   * @throws IllegalArgumentException when a value is not finite; names the row
   */
  double[] load(long first, int count) {
    int part = TILE_ROWS * TILES;
    workers.run(
        (count + part - 1) / part,
        task -> widen(first, task * part, Math.min(count, (task + 1) * part)));
    double[] mean = new double[width];
    workers.run(
        strips(),
        strip -> {
          int column = strip * STRIP;
          int columns = Math.min(STRIP, width - column);
          try (NDArray found = OPS.run(manager, "center", wide, count, column, columns)) {
            System.arraycopy(found.toDoubleArray(), 0, mean, column, columns);
          }
        });
    for (double value : mean) {
      if (!Double.isFinite(value)) {
        nameRow(first, count);
      }
    }
    return mean;
  }

  private void widen(long first, int from, int to) {
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray tile = scope.create(new Shape(TILE_ROWS, width), DataType.FLOAT32);
      FloatBuffer buffer = tile.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
      for (int row = from; row < to; row += TILE_ROWS) {
        int count = Math.min(TILE_ROWS, to - row);
        rows.read(first + row, count, buffer.clear());
        OPS.run(scope, "widen", wide, tile, row, count).close();
      }
    }
  }

  /** Throws, as a tile that is loaded checks every row. */
  private void nameRow(long first, int count) {
    try (RowTiles tiles = new RowTiles(1);
        RowTile tile = tiles.open(1, width)) {
      for (int row = 0; row < count; row++) {
        tile.load(rows, first + row, 1);
      }
    }
  }

  /**
   * Sums of products of the deviations of {@code count} loaded rows.
   *
   * @param use is given each row of the upper triangle of {@code [D, D]}, from the diagonal on; by
   *     several threads at a time
   */
  void scatter(int count, RowUse use) {
    workers.run(
        strips(),
        strip -> {
          int first = strip * STRIP;
          int columns = Math.min(STRIP, width - first);
          double[] row = new double[width - first];
          try (NDArray found = OPS.run(manager, "products", wide, count, first, columns)) {
            DoubleBuffer products =
                found.toByteBuffer(true).order(ByteOrder.nativeOrder()).asDoubleBuffer();
            for (int i = 0; i < columns; i++) {
              products.get(i * row.length + i, row, 0, row.length - i);
              use.accept(first + i, row);
            }
          }
        });
  }

  private int strips() {
    return (width + STRIP - 1) / STRIP;
  }

  @Override
  public void close() {
    workers.close();
    manager.close();
  }

  /** Takes a row of a triangle. */
  @FunctionalInterface
  interface RowUse {
    /**
     * @param i index of the row
     * @param values its products with columns from {@code i} on
     */
    void accept(int i, double[] values);
  }
}
