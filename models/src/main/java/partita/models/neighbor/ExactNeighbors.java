package partita.models.neighbor;

import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * Exact k nearest neighbors of rows in a database of other rows by brute force, as faiss's flat
 * indexes find them: the product of a strip of queries and a strip of the database at a time. Two
 * tiles of rows and one product are live, whatever the number of rows. For the neighbors of a set
 * in itself, {@link GraphShard} does half of the work.
 */
public final class ExactNeighbors {
  /** A query tile and a database tile. */
  private static final int LIVE_TILES = 2;

  private final RowSource queries;
  private final RowSource database;
  private final Similarity similarity;
  private final int k;
  private final int queryRows;
  private final int tileRows;

  private ExactNeighbors(
      RowSource queries,
      RowSource database,
      Similarity similarity,
      int k,
      int queryRows,
      int tileRows) {
    this.queries = similarity.prepare(queries);
    this.database = similarity.prepare(database);
    this.similarity = similarity;
    this.k = k;
    this.queryRows = queryRows;
    this.tileRows = tileRows;
  }

  /**
   * The neighbors of rows in a database.
   *
   * @param queries {@code [M, D]}
   * @param database {@code [N, D]}
   * @param k neighbors of each query, 1 to N
   * @param queryRows rows in a query tile; the database is read once for each
   * @param tileRows rows in a database tile
   * @throws IllegalArgumentException when there are fewer than {@code k} rows or the widths differ
   */
  public static ExactNeighbors between(
      RowSource queries,
      RowSource database,
      Similarity similarity,
      int k,
      int queryRows,
      int tileRows) {
    NeighborLists.requireRows(database.rows(), k, database.rows() >= k, "at least k");
    if (queries.width() != database.width()) {
      throw new IllegalArgumentException(
          "Cannot compare rows: queries have %d dimensions, the database %d; use one network for both"
              .formatted(queries.width(), database.width()));
    }
    return new ExactNeighbors(queries, database, similarity, k, queryRows, tileRows);
  }

  /**
   * The neighbors of query rows {@code [first, first + count)}. Ranges may be searched in any order
   * and by several threads.
   *
   * @throws IllegalArgumentException when a value is NaN or infinite; names the row
   * @throws ArithmeticException when inner products overflow float32
   */
  public NeighborLists search(long first, int count) {
    NeighborLists found = NeighborLists.empty(first, count, k);
    int mostQueries = Math.min(queryRows, count);
    int mostRows = (int) Math.min(tileRows, database.rows());
    Strips strips = Strips.of(Math.min(mostQueries, mostRows));
    try (RowTiles tiles = new RowTiles(LIVE_TILES);
        RowTile query = tiles.open(strips.covering(mostQueries), queries.width());
        RowTile tile = tiles.open(strips.covering(mostRows), database.width());
        TileScores scores = new TileScores(similarity, strips.rows(), k)) {
      for (int done = 0; done < count; done += query.count()) {
        query.load(queries, first + done, Math.min(mostQueries, count - done));
        Candidates best = new Candidates(query.count(), k);
        for (long row = 0; row < database.rows(); row += tile.count()) {
          tile.load(database, row, (int) Math.min(mostRows, database.rows() - row));
          offer(scores, query, tile, strips, best);
        }
        found.merge(best.drain(first + done));
      }
    }
    return found;
  }

  private static void offer(
      TileScores scores, RowTile query, RowTile tile, Strips strips, Candidates best) {
    for (int i = 0; i * strips.rows() < query.count(); i++) {
      for (int j = 0; j * strips.rows() < tile.count(); j++) {
        scores.compute(query, i, tile, j);
        scores.offerToRows(best);
      }
    }
  }
}
