package partita.models.neighbor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;
import partita.models.op.TorchScript;
import partita.models.row.RowTile;

/**
 * Scores of all pairs of a strip of one row tile (rows) and a strip of another or the same
 * (columns), offered to the candidates of either side. The largest of every 16 scores along a row
 * and along a column are computed natively, so that 16 scores without a candidate cost one compare.
 */
final class TileScores implements AutoCloseable {
  /** Scores that share a maximum. */
  private static final int GROUP = 16;

  /** Columns whose maxima are looked at together; strips are a multiple of it. */
  private static final int SLICE = 64;

  // The product is oneDNN's, which the engine takes for linear layers on CPUs: on one thread it is
  // up to a tenth faster than the one of torch.mm. A Euclidean score adds the squared norms to each
  // other first, so that it is one number whichever of the two is the row.
  private static final TorchScript OPS =
      new TorchScript(
          """
            def cosine(self: __torch__.Ops, x: Tensor, y: Tensor, i: int, j: int, n: int) -> Tensor:
              a = torch.narrow(x, 0, i, n)
              b = torch.narrow(y, 0, j, n)
              return ops.mkldnn._linear_pointwise(a, b, None, "none", annotate(List[Optional[number]], []), "")
            def euclidean(self: __torch__.Ops, x: Tensor, y: Tensor, i: int, j: int, n: int) -> Tensor:
              a = torch.narrow(x, 0, i, n)
              b = torch.narrow(y, 0, j, n)
              aa = torch.sum(torch.square(a), [1])
              bb = torch.sum(torch.square(b), [1])
              ab = ops.mkldnn._linear_pointwise(a, b, None, "none", annotate(List[Optional[number]], []), "")
              _0 = torch.sub_(torch.mul_(ab, 2), torch.add(torch.unsqueeze(aa, 1), bb))
              return torch.clamp_max_(ab, 0)
            def maxima(self: __torch__.Ops, scores: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
              n = torch.size(scores, 0)
              _0 = torch.amax(torch.view(scores, [n, 16, -1]), [1], out=rows)
              return torch.amax(torch.view(scores, [-1, 16, n]), [1], out=columns)
          """);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final String method;
  private final int size;
  private NDArray scores;
  private final NDArray rowMaxima;
  private final NDArray columnMaxima;
  private FloatBuffer score;
  private final FloatBuffer rowMaximum;
  private final FloatBuffer columnMaximum;
  private final float[] lines;
  private final long[] batch;
  private Strip rows = new Strip(0, 0, 0);
  private Strip columns = rows;
  private boolean same;

  /**
   * The rows that are in a strip.
   *
   * @param position of the first in its tile, and so among its candidates
   * @param firstId index of the first in its source
   * @param count how many
   */
  private record Strip(int position, int firstId, int count) {
    static Strip of(RowTile tile, int strip, int size) {
      int position = strip * size;
      return new Strip(
          position,
          (int) tile.first() + position,
          Math.max(0, Math.min(size, tile.count() - position)));
    }
  }

  /**
   * @param size rows of a strip, a multiple of 64
   * @param k of the candidates
   */
  TileScores(Similarity similarity, int size, int k) {
    method = similarity.name().toLowerCase(Locale.ROOT);
    this.size = size;
    scores = manager.zeros(new Shape(0), DataType.FLOAT32);
    rowMaxima = manager.zeros(new Shape(size, size / GROUP), DataType.FLOAT32);
    columnMaxima = manager.zeros(new Shape(size / GROUP, size), DataType.FLOAT32);
    score = floats(scores);
    rowMaximum = floats(rowMaxima);
    columnMaximum = floats(columnMaxima);
    lines = new float[size / GROUP * SLICE];
    batch = new long[size + k];
  }

  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Computes the scores of strip {@code i} of one tile and strip {@code j} of another. */
  void compute(RowTile left, int i, RowTile right, int j) {
    rows = Strip.of(left, i, size);
    columns = Strip.of(right, j, size);
    same = left == right && i == j;
    scores.close();
    scores = OPS.run(manager, method, left.array(), right.array(), i * size, j * size, size);
    score = floats(scores);
    OPS.run(manager, "maxima", scores, rowMaxima, columnMaxima).close();
  }

  /**
   * Offers each row its columns. Of a strip with itself, only the columns after the row.
   *
   * @param candidates of the rows' tile
   * @throws ArithmeticException when a score that matters is not finite
   */
  void offerToRows(Candidates candidates) {
    int groups = size / GROUP;
    for (int a = 0; a < rows.count; a++) {
      rowMaximum.get(a * groups, lines, 0, groups);
      float threshold = candidates.threshold(rows.position + a);
      int found = 0;
      for (int g = 0; g < groups; g++) {
        // Negated compares, so that NaN is looked at and not passed over.
        if (!(lines[g] < threshold)) {
          for (int b = g; b < columns.count; b += groups) {
            float value = score.get(a * size + b);
            if (!(value < threshold) && (!same || a < b)) {
              batch[found++] = Candidates.candidate(columns.firstId + b, value);
            }
          }
        }
      }
      if (found > 0) {
        candidates.offer(rows.position + a, batch, found);
      }
    }
  }

  /** Offers each column its rows; the other half of {@link #offerToRows}. */
  void offerToColumns(Candidates candidates) {
    for (int from = 0; from < columns.count; from += SLICE) {
      // A slice of the maxima at a time, which fits in the nearest cache.
      for (int g = 0; g < size / GROUP; g++) {
        columnMaximum.get(g * size + from, lines, g * SLICE, SLICE);
      }
      int to = Math.min(columns.count, from + SLICE);
      for (int b = from; b < to; b++) {
        offerToColumn(candidates, b, b - from);
      }
    }
  }

  private void offerToColumn(Candidates candidates, int b, int inSlice) {
    float threshold = candidates.threshold(columns.position + b);
    int found = 0;
    for (int g = 0; g * GROUP < rows.count; g++) {
      if (!(lines[g * SLICE + inSlice] < threshold)) {
        int end = Math.min(rows.count, (g + 1) * GROUP);
        for (int a = g * GROUP; a < end; a++) {
          float value = score.get(a * size + b);
          if (!(value < threshold) && (!same || a < b)) {
            batch[found++] = Candidates.candidate(rows.firstId + a, value);
          }
        }
      }
    }
    if (found > 0) {
      candidates.offer(columns.position + b, batch, found);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
