package partita.models.neighbor;

import java.nio.FloatBuffer;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * Exact k nearest neighbors by brute force, as faiss's flat indexes find them: the product of a
 * query tile and a database tile at a time, merged into each query's best {@code k}. Two tiles of
 * rows and one product are live, whatever the number of rows.
 *
 * <p>In a graph (queries = database) a row is never its own neighbor; it is left out by index, so
 * duplicates of it stay.
 */
public final class ExactNeighbors {
  /** A query tile and a database tile. */
  private static final int LIVE_TILES = 2;

  private final RowSource queries;
  private final RowSource database;
  private final Similarity similarity;
  private final int k;
  private final boolean excludeSelf;
  private final int queryRows;
  private final int tileRows;

  private ExactNeighbors(
      RowSource queries,
      RowSource database,
      Similarity similarity,
      int k,
      boolean excludeSelf,
      int queryRows,
      int tileRows) {
    this.queries = similarity.prepare(queries);
    this.database = similarity.prepare(database);
    this.similarity = similarity;
    this.k = k;
    this.excludeSelf = excludeSelf;
    this.queryRows = queryRows;
    this.tileRows = tileRows;
  }

  /**
   * The k-NN graph of a set of rows.
   *
   * @param rows features {@code [N, D]}
   * @param k neighbors of each row, 1 to N - 1
   * @param queryRows rows in a query tile
   * @param tileRows rows in a database tile
   * @throws IllegalArgumentException when there are not more than {@code k} rows
   */
  public static ExactNeighbors graph(
      RowSource rows, Similarity similarity, int k, int queryRows, int tileRows) {
    requireGraph(rows.rows(), k);
    return new ExactNeighbors(rows, rows, similarity, k, true, queryRows, tileRows);
  }

  /**
   * Refuses a graph of {@code k} neighbors over too few rows, before any row is read.
   *
   * @throws IllegalArgumentException when there are not more than {@code k} rows
   */
  public static void requireGraph(long rows, int k) {
    requireRows(rows, k, rows > k, "more than k");
  }

  /**
   * The neighbors of other rows in a database.
   *
   * @param queries {@code [M, D]}
   * @param database {@code [N, D]}
   * @param k neighbors of each query, 1 to N
   * @throws IllegalArgumentException when there are fewer than {@code k} rows or the widths differ
   */
  public static ExactNeighbors between(
      RowSource queries,
      RowSource database,
      Similarity similarity,
      int k,
      int queryRows,
      int tileRows) {
    requireRows(database.rows(), k, database.rows() >= k, "at least k");
    if (queries.width() != database.width()) {
      throw new IllegalArgumentException(
          "Cannot compare rows: queries have %d dimensions, the database %d; use one network for both"
              .formatted(queries.width(), database.width()));
    }
    return new ExactNeighbors(queries, database, similarity, k, false, queryRows, tileRows);
  }

  private static void requireRows(long rows, int k, boolean enough, String expected) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "Cannot find %d neighbors: expected at least 1".formatted(k));
    }
    if (!enough) {
      throw new IllegalArgumentException(
          "Cannot find %d neighbors: %d rows, expected %s; lower k or add rows"
              .formatted(k, rows, expected));
    }
    if (rows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot find neighbors: %d rows, expected at most %d".formatted(rows, Integer.MAX_VALUE));
    }
  }

  /**
   * The neighbors of query rows {@code [first, first + count)}. Ranges may be searched in any order
   * and by several threads.
   *
   * @throws IllegalArgumentException when a value is NaN or infinite; names the row
   */
  public NeighborLists search(long first, int count) {
    try (RowTiles tiles = new RowTiles(LIVE_TILES)) {
      return search(first, count, tiles);
    }
  }

  NeighborLists search(long first, int count, RowTiles tiles) {
    NeighborLists lists = new NeighborLists(first, k, new int[count * k], new float[count * k]);
    int queryCapacity = capacity(queryRows, count);
    int tileCapacity = capacity(tileRows, database.rows());
    TopK[] best = new TopK[queryCapacity];
    for (int i = 0; i < best.length; i++) {
      best[i] = new TopK(k);
    }
    try (RowTile query = tiles.open(queryCapacity, queries.width());
        RowTile tile = tiles.open(tileCapacity, database.width())) {
      for (int done = 0; done < count; done += query.count()) {
        query.load(queries, first + done, Math.min(queryCapacity, count - done));
        searchTile(query, tile, best);
        for (int i = 0; i < query.count(); i++) {
          drain(best[i], query, i, lists, (done + i) * k);
        }
      }
    }
    return lists;
  }

  private void searchTile(RowTile query, RowTile tile, TopK[] best) {
    for (long start = 0; start < database.rows(); start += tile.count()) {
      tile.load(database, start, (int) Math.min(tile.capacity(), database.rows() - start));
      RowTiles.multiply(query, tile, products -> merge(products, query, tile, best));
    }
  }

  private void merge(FloatBuffer products, RowTile query, RowTile tile, TopK[] best) {
    float[] scores = new float[tile.capacity()];
    int firstId = (int) tile.first();
    for (int i = 0; i < query.count(); i++) {
      products.get(i * scores.length, scores);
      if (similarity == Similarity.EUCLIDEAN) {
        subtractNorms(scores, tile);
      }
      long self = excludeSelf ? query.first() + i : -1;
      offer(scores, tile.count(), firstId, self, best[i]);
    }
  }

  /** Turns x.y into 2 x.y - |y|^2, which ranks as -|x - y|^2 does. */
  private static void subtractNorms(float[] scores, RowTile tile) {
    double[] norms = tile.squaredNorms();
    for (int j = 0; j < tile.count(); j++) {
      scores[j] = (float) (2.0 * scores[j] - norms[j]);
    }
  }

  private static void offer(float[] scores, int count, int firstId, long self, TopK best) {
    float threshold = best.threshold();
    for (int j = 0; j < count; j++) {
      if (scores[j] >= threshold && firstId + j != self) {
        best.offer(firstId + j, scores[j]);
        threshold = best.threshold();
      }
    }
  }

  private void drain(TopK best, RowTile query, int row, NeighborLists lists, int offset) {
    boolean complete = best.size() == k;
    best.drain(lists.ids(), lists.similarities(), offset);
    double norm = similarity == Similarity.EUCLIDEAN ? query.squaredNorms()[row] : 0;
    for (int j = offset; j < offset + k; j++) {
      float score = lists.similarities()[j];
      if (!complete || !Float.isFinite(score)) {
        throw new ArithmeticException(
            "Cannot rank the neighbors of row "
                + (query.first() + row)
                + ": inner products overflow float32; scale the rows down");
      }
      if (similarity == Similarity.EUCLIDEAN) {
        lists.similarities()[j] = (float) Math.min(0, score - norm);
      }
    }
  }

  /** A tile's rows: as asked, but not much more than there are. */
  private static int capacity(int asked, long rows) {
    return (int) Math.min(asked, (rows + 15) / 16 * 16);
  }
}
