package partita.models.neighbor;

import java.util.Arrays;

/**
 * The neighbors of a range of query rows.
 *
 * @param first index of the first query row
 * @param k neighbors of each query
 * @param ids row indices of the neighbors {@code [queries, k]}, nearest first, of equals the
 *     smaller index first
 * @param similarities their {@link Similarity} {@code [queries, k]}, descending
 */
@SuppressWarnings("ArrayRecordComponent")
public record NeighborLists(long first, int k, int[] ids, float[] similarities) {

  /** Number of query rows. */
  public int queries() {
    return ids.length / k;
  }

  /** Neighbors of the range's {@code query}-th row. */
  public int[] ids(int query) {
    return Arrays.copyOfRange(ids, query * k, (query + 1) * k);
  }
}
