package partita.models.neighbor;

import java.util.Arrays;

/**
 * The nearest rows found for a range of rows.
 *
 * @param first index of the range's first row
 * @param k length of each list
 * @param ids row indices of the neighbors {@code [rows, k]}, nearest first, of equals the smaller
 *     index first; -1 where fewer than {@code k} were seen
 * @param similarities their {@link Similarity} {@code [rows, k]}, descending; negative infinity
 *     where there is no neighbor
 */
@SuppressWarnings("ArrayRecordComponent")
public record NeighborLists(long first, int k, int[] ids, float[] similarities) {
  /** In the place of a neighbor that was not seen. */
  private static final int NONE = -1;

  /** Empty lists for {@code count} rows. */
  public static NeighborLists empty(long first, int count, int k) {
    int values = Math.multiplyExact(count, k);
    NeighborLists lists = new NeighborLists(first, k, new int[values], new float[values]);
    Arrays.fill(lists.ids, NONE);
    Arrays.fill(lists.similarities, Float.NEGATIVE_INFINITY);
    return lists;
  }

  /**
   * Refuses a search for {@code k} neighbors among too few or too many rows.
   *
   * @param enough whether there are {@code expected} rows
   */
  static void requireRows(long rows, int k, boolean enough, String expected) {
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

  /** Number of rows. */
  public int rows() {
    return ids.length / k;
  }

  /** Neighbors of the range's {@code row}-th row. */
  public int[] ids(int row) {
    return Arrays.copyOfRange(ids, row * k, (row + 1) * k);
  }

  /**
   * Merges what was found for some of these rows among other candidates: the best {@code k} of both
   * stay. The order of merges does not matter.
   *
   * @param part lists of rows within this range, of any length
   */
  public void merge(NeighborLists part) {
    int[] mergedIds = new int[k];
    float[] merged = new float[k];
    for (int row = 0; row < part.rows(); row++) {
      int mine = (int) (part.first - first + row) * k;
      int other = row * part.k;
      int end = other + part.k;
      int kept = mine;
      for (int j = 0; j < k; j++) {
        boolean theirs = other < end && before(part, other, kept);
        mergedIds[j] = theirs ? part.ids[other] : ids[kept];
        merged[j] = theirs ? part.similarities[other++] : similarities[kept++];
      }
      System.arraycopy(mergedIds, 0, ids, mine, k);
      System.arraycopy(merged, 0, similarities, mine, k);
    }
  }

  private boolean before(NeighborLists part, int other, int mine) {
    float theirs = part.similarities[other];
    float ours = similarities[mine];
    return theirs > ours || (theirs == ours && part.ids[other] < ids[mine]);
  }
}
