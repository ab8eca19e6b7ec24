package partita.models.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import partita.models.op.TorchScript;
import partita.models.op.Workers;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;
import partita.models.row.SelectedRows;

/**
 * Squared distances from some rows to all rows of a set, in float32. The set is held in native
 * memory meanwhile.
 */
final class SeedDistances implements AutoCloseable {
  private static final int BLOCK_ROWS = 1024;

  /** Of the norms a millionth is left out, which rounding may have put into the difference. */
  private static final double LESS_ROUNDING = 1 - 1e-6;

  // |x|^2 + |y|^2 - 2 x.y, not negative.
  private static final TorchScript OPS =
      new TorchScript(
          """
            def distances(self: __torch__.Ops, x: Tensor, y: Tensor, norms_x: Tensor, norms_y: Tensor) -> Tensor:
              norms = torch.add(torch.unsqueeze(norms_x, 1), norms_y)
              return torch.relu_(torch.addmm(norms, x, torch.t(y), beta=1, alpha=-2))
          """);

  private final RowSource source;
  private final int rows;
  private final int blockRows;
  private final RowTiles tiles;
  private final List<RowTile> blocks = new ArrayList<>();

  /**
   * @throws IllegalArgumentException when a value is NaN or infinite; names the row
   */
  SeedDistances(RowSource source) {
    this.source = source;
    this.rows = Math.toIntExact(source.rows());
    this.blockRows = Math.min(rows, BLOCK_ROWS);
    int count = (rows + blockRows - 1) / blockRows;
    this.tiles = new RowTiles(count + 1);
    for (int block = 0; block < count; block++) {
      blocks.add(tiles.open(blockRows, source.width()));
    }
    try {
      Workers.forEach(count, this::load);
    } catch (RuntimeException e) {
      tiles.close();
      throw e;
    }
  }

  private void load(int block) {
    int first = block * blockRows;
    blocks.get(block).load(source, first, Math.min(blockRows, rows - first));
  }

  int rows() {
    return rows;
  }

  /** Copies one row into {@code vector}. */
  void read(int row, float[] vector) {
    blocks.get(row / blockRows).copy(row % blockRows, vector, 0);
  }

  /** Squared distances of every row to each of {@code chosen}: {@code [chosen, rows]}. */
  float[][] to(int[] chosen) {
    float[][] distances = new float[chosen.length][rows];
    try (RowTile candidates = tiles.open(chosen.length, source.width())) {
      candidates.load(new SelectedRows(source, chosen), 0, chosen.length);
      Workers.forEach(blocks.size(), block -> fill(candidates, block, distances));
    }
    return distances;
  }

  private void fill(RowTile candidates, int block, float[][] distances) {
    RowTile tile = blocks.get(block);
    try (NDManager scope = tile.array().getManager().newSubManager()) {
      NDArray computed =
          OPS.run(
              scope,
              "distances",
              candidates.array(),
              tile.array(),
              norms(scope, candidates),
              norms(scope, tile));
      FloatBuffer lines =
          computed.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
      for (int c = 0; c < distances.length; c++) {
        lines.get(c * blockRows, distances[c], block * blockRows, tile.count());
      }
    }
  }

  private static NDArray norms(NDManager scope, RowTile tile) {
    float[] norms = new float[tile.capacity()];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = (float) (LESS_ROUNDING * tile.squaredNorms()[i]);
    }
    return scope.create(norms);
  }

  @Override
  public void close() {
    tiles.close();
  }
}
