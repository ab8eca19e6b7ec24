package partita.models.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * Squared L2 distances between the rows of two sets in float64, a tile of each at a time, so memory
 * does not grow with their product.
 */
final class PairwiseDistances {
  private static final int TILE_ROWS = 1024;

  private PairwiseDistances() {}

  /** Receives the distances of one row of the first set to some consecutive rows of the second. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Receives one row's distances.
     *
     * @param left row of the first set
     * @param firstRight row of the second set that {@code squared[0]} belongs to
     * @param count valid entries
     */
    void visit(int left, int firstRight, double[] squared, int count);
  }

  static void forEach(RowSource left, RowSource right, Visitor visitor) {
    if (left.width() != right.width()) {
      throw new IllegalArgumentException(
          "Cannot compare features: found %d and %d dimensions, expected equal; use one network for both"
              .formatted(left.width(), right.width()));
    }
    int leftRows = Math.toIntExact(left.rows());
    int rightRows = Math.toIntExact(right.rows());
    int leftCapacity = Math.min(TILE_ROWS, leftRows);
    int rightCapacity = Math.min(TILE_ROWS, rightRows);
    try (RowTiles tiles = new RowTiles(2);
        RowTile a = tiles.open(leftCapacity, left.width());
        RowTile b = tiles.open(rightCapacity, right.width())) {
      for (int i = 0; i < leftRows; i += leftCapacity) {
        a.load(left, i, Math.min(leftCapacity, leftRows - i));
        for (int j = 0; j < rightRows; j += rightCapacity) {
          b.load(right, j, Math.min(rightCapacity, rightRows - j));
          visitTile(a, b, visitor);
        }
      }
    }
  }

  private static void visitTile(RowTile a, RowTile b, Visitor visitor) {
    try (NDManager scope = a.array().getManager().newSubManager()) {
      NDArray left = a.array().toType(DataType.FLOAT64, true);
      left.attach(scope);
      NDArray right = b.array().toType(DataType.FLOAT64, true);
      right.attach(scope);
      NDArray product = left.matMul(right.transpose());
      DoubleBuffer products =
          product.toByteBuffer(true).order(ByteOrder.nativeOrder()).asDoubleBuffer();
      double[] squared = new double[b.capacity()];
      for (int i = 0; i < a.count(); i++) {
        products.get(i * squared.length, squared);
        for (int j = 0; j < b.count(); j++) {
          double distance = a.squaredNorms()[i] + b.squaredNorms()[j] - 2 * squared[j];
          squared[j] = Math.max(0, distance);
        }
        visitor.visit((int) a.first() + i, (int) b.first(), squared, b.count());
      }
    }
  }
}
