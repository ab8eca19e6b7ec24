package partita.models.row;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/**
 * Native memory of a blocked computation: opens tiles and refuses to hold more than a fixed number
 * at a time, so that memory does not grow with the number of rows. Opened and closed by one thread.
 */
public final class RowTiles implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final int limit;
  private int live;

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
