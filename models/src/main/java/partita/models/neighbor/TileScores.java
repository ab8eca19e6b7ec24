package partita.models.neighbor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import partita.models.op.TorchScript;
import partita.models.row.RowTile;

/**
 * Scores of all pairs of a query tile and a database tile, with the largest of each block of 64, so
 * that a block without a candidate costs one compare. Higher is nearer: {@code x.y} for cosine,
 * {@code 2 x.y - |y|^2} for Euclidean, which ranks as {@code -|x - y|^2} does.
 */
final class TileScores implements AutoCloseable {
  /** Columns that share a maximum; database tiles are a multiple of it. */
  static final int BLOCK = 64;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def cosine(self: __torch__.Ops, queries: Tensor, rows: Tensor) -> List[Tensor]:
              scores = torch.mm(queries, torch.t(rows))
              return [scores, torch.amax(torch.view(scores, [-1, 64]), [1])]
            def euclidean(self: __torch__.Ops, queries: Tensor, rows: Tensor, norms: Tensor) -> List[Tensor]:
              scores = torch.addmm(norms, queries, torch.t(rows), beta=-1, alpha=2)
              return [scores, torch.amax(torch.view(scores, [-1, 64]), [1])]
          """);

  private final NDManager scope;
  private final int firstId;
  private final int count;
  private final FloatBuffer scores;
  private final FloatBuffer maxima;
  private final int blocks;
  private final float[] block = new float[BLOCK];

  private TileScores(NDManager scope, RowTile rows, List<NDArray> computed) {
    this.scope = scope;
    this.firstId = (int) rows.first();
    this.count = rows.count();
    this.blocks = rows.capacity() / BLOCK;
    this.scores = floats(computed.get(0));
    this.maxima = floats(computed.get(1));
  }

  /** Computes the scores; they live in native memory until closed. */
  static TileScores of(Similarity similarity, RowTile queries, RowTile rows) {
    NDManager scope = queries.array().getManager().newSubManager();
    List<NDArray> computed =
        similarity == Similarity.COSINE
            ? OPS.runForList(scope, "cosine", queries.array(), rows.array())
            : OPS.runForList(scope, "euclidean", queries.array(), rows.array(), norms(scope, rows));
    return new TileScores(scope, rows, computed);
  }

  private static NDArray norms(NDManager scope, RowTile rows) {
    float[] norms = new float[rows.capacity()];
    for (int j = 0; j < norms.length; j++) {
      norms[j] = (float) rows.squaredNorms()[j];
    }
    return scope.create(norms);
  }

  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /**
   * Offers one query's scores to its heap.
   *
   * @param query row of the query tile
   * @param self id that is left out, -1 for none
   * @throws ArithmeticException when a score that matters is not finite
   */
  void offer(int query, long self, TopK best) {
    float threshold = best.threshold();
    for (int b = 0; b * BLOCK < count; b++) {
      // Negated compares, so that NaN is looked at and not passed over.
      if (!(maxima.get(query * blocks + b) < threshold)) {
        scores.get((query * blocks + b) * BLOCK, block);
        int id = firstId + b * BLOCK;
        int end = Math.min(BLOCK, count - b * BLOCK);
        for (int j = 0; j < end; j++) {
          if (!(block[j] < threshold) && id + j != self) {
            requireFinite(block[j], id + j);
            best.offer(id + j, block[j]);
            threshold = best.threshold();
          }
        }
      }
    }
  }

  private static void requireFinite(float score, int id) {
    if (!Float.isFinite(score)) {
      throw new ArithmeticException(
          "Cannot rank row %d among neighbors: its inner products overflow float32; scale the rows down"
              .formatted(id));
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
