package partita.models.row;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Native memory of a blocked computation: opens tiles and refuses to hold more than a fixed number
 * at a time, so that memory does not grow with the number of rows. Used by one thread.
 */
public final class RowTiles implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final int limit;
  private int live;

  /** Receives the product of two tiles. */
  @FunctionalInterface
  public interface Products {
    /**
     * Receives all products at once.
     *
     * @param values inner products {@code [left.capacity, right.capacity]} float32, row-major;
     *     valid during the call only
     */
    void accept(FloatBuffer values);
  }

  public RowTiles(int limit) {
    this.limit = limit;
  }

  /**
   * Opens a tile of zeros.
   *
   * @throws IllegalStateException when as many tiles as allowed are open
   */
  public RowTile open(int capacity, int width) {
    if (live == limit) {
      throw new IllegalStateException(
          "Cannot open a tile: " + live + " are open, expected at most " + limit);
    }
    live++;
    return new RowTile(this, manager.newSubManager(), capacity, width);
  }

  /** Multiplies {@code left} by the transpose of {@code right}. */
  public static void multiply(RowTile left, RowTile right, Products products) {
    try (NDManager scope = left.array().getManager().newSubManager()) {
      NDArray transposed = right.array().transpose();
      transposed.attach(scope);
      NDArray product = left.array().matMul(transposed);
      product.attach(scope);
      products.accept(product.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer());
    }
  }

  /** Tiles open now. */
  int live() {
    return live;
  }

  void released() {
    live--;
  }

  @Override
  public void close() {
    manager.close();
  }
}
