package partita.models.neighbor;

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
      try (TileScores scores = TileScores.of(similarity, query, tile)) {
        for (int i = 0; i < query.count(); i++) {
          scores.offer(i, excludeSelf ? query.first() + i : -1, best[i]);
        }
      }
    }
  }

  private void drain(TopK best, RowTile query, int row, NeighborLists lists, int offset) {
    best.drain(lists.ids(), lists.similarities(), offset);
    if (similarity == Similarity.EUCLIDEAN) {
      double norm = query.squaredNorms()[row];
      for (int j = offset; j < offset + k; j++) {
        lists.similarities()[j] = (float) Math.min(0, lists.similarities()[j] - norm);
      }
    }
  }

  /** A tile's rows: as asked in whole blocks, but not many more than there are. */
  private static int capacity(int asked, long rows) {
    long blocks = Math.min(ceil(asked), ceil(rows));
    return Math.toIntExact(blocks * TileScores.BLOCK);
  }

  private static long ceil(long rows) {
    return (rows + TileScores.BLOCK - 1) / TileScores.BLOCK;
  }
}
