package partita.models.row;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A block of consecutive rows in native memory, {@code [capacity, width]} float32, refilled in
 * place. The array always has the full capacity (rows beyond {@link #count} hold zeros or what was
 * there before), so every product of two tiles has one shape and with it one order of additions.
 */
public final class RowTile implements AutoCloseable {
  private final RowTiles tiles;
  private final NDManager manager;
  private final NDArray array;
  private final FloatBuffer buffer;
  private final double[] squaredNorms;
  private final float[] vector;
  private long first;
  private int count;

  RowTile(RowTiles tiles, NDManager manager, int capacity, int width) {
    this.tiles = tiles;
    this.manager = manager;
    this.array = manager.zeros(new Shape(capacity, width), DataType.FLOAT32);
    this.buffer = array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    this.squaredNorms = new double[capacity];
    this.vector = new float[width];
  }

  /**
   * Replaces the content by rows {@code [first, first + count)} of the source.
   *
   * @throws IllegalArgumentException when a value is NaN or infinite; names the row
   */
  public void load(RowSource source, long first, int count) {
    this.first = first;
    this.count = count;
    source.read(first, count, buffer.clear());
    for (int i = 0; i < count; i++) {
      buffer.get(i * vector.length, vector);
      squaredNorms[i] = SquaredNorm.of(vector, first + i);
    }
  }

  /** The rows, {@code [capacity, width]} float32; valid until the tile is closed. */
  public NDArray array() {
    return array;
  }

  /** Squared L2 norm of each row; the first {@link #count} are valid. */
  public double[] squaredNorms() {
    return squaredNorms;
  }

  /** Copies one row of the tile into {@code target} at {@code offset}. */
  public void copy(int row, float[] target, int offset) {
    buffer.get(row * vector.length, target, offset, vector.length);
  }

  /** Source index of the tile's row 0. */
  public long first() {
    return first;
  }

  /** Rows loaded. */
  public int count() {
    return count;
  }

  public int capacity() {
    return squaredNorms.length;
  }

  @Override
  public void close() {
    manager.close();
    tiles.released();
  }
}
