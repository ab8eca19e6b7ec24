package partita.transforms.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import partita.models.random.CounterRandom;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;

/** Rows of a set that precision, recall, density and coverage use: all, or so many at random. */
final class NeighborRows {
  private NeighborRows() {}

  /**
   * Which rows they are, ascending.
   *
   * @param most rows at most
   * @param stream names the set, so that two sets of one seed are drawn apart
   */
  static int[] of(RowSource source, int most, long seed, String stream) {
    int count = Math.toIntExact(source.rows());
    if (count <= most) {
      return IntStream.range(0, count).toArray();
    }
    int[] chosen = Arrays.copyOf(new CounterRandom(seed, stream).permutation(count, 0), most);
    Arrays.sort(chosen);
    return chosen;
  }

  /** These rows; all of them are the source itself. */
  static RowSource select(RowSource source, int[] rows) {
    return rows.length == source.rows() ? source : new SelectedRows(source, rows);
  }
}
