package partita.models.cluster;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;
import partita.models.row.Precision;
import partita.models.row.RowSource;

/**
 * Lloyd's iteration: assign each row to the nearest centroid, then move each centroid to the mean
 * of its rows. A cluster left without rows restarts at the row farthest from its centroid, one row
 * for each such cluster.
 */
final class Lloyd implements AutoCloseable {
  private final RowBlocks rows;
  private final float[] center;
  private final Precision precision;

  /**
   * One iteration's outcome.
   *
   * @param centroids updated centroids {@code [K, D]}
   * @param objective sum of squared distances under the centroids before the update
   * @param repaired clusters that were empty
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Step(float[] centroids, double objective, int repaired) {}

  /**
   * @param start centroids that the first iteration is going to be given, {@code [K, D]}
   * @param precision of the products that screen
   */
  Lloyd(RowSource source, float[] start, Precision precision) {
    this.center = Assignment.center(start, source.width());
    this.precision = precision;
    int count = Math.toIntExact(source.rows());
    int clusters = start.length / source.width();
    this.rows = new RowBlocks(source, 0, count, center, precision, clusters, true);
  }

  int width() {
    return rows.width();
  }

  Step step(float[] centroids) {
    Assignment assignment = Assignment.of(rows, centroids, center, precision);
    int[] nearest = assignment.clusters();
    int[] sizes = new int[centroids.length / width()];
    for (int cluster : nearest) {
      sizes[cluster]++;
    }
    int repaired = repair(nearest, assignment.squaredDistances(), sizes);
    return new Step(ClusterMeans.of(rows, nearest, sizes), assignment.objective(), repaired);
  }

  /**
   * Gives every empty cluster a row of its own, the farthest first; returns how many there were.
   */
  private static int repair(int[] nearest, float[] distances, int[] sizes) {
    int[] empty = IntStream.range(0, sizes.length).filter(c -> sizes[c] == 0).toArray();
    if (empty.length == 0) {
      return 0;
    }
    Deque<Integer> farthest = new ArrayDeque<>();
    IntStream.range(0, distances.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -distances[i]).thenComparingInt(i -> i))
        .forEach(farthest::add);
    for (int cluster : empty) {
      int row = farthest.remove();
      while (sizes[nearest[row]] == 1) {
        row = farthest.remove();
      }
      sizes[nearest[row]]--;
      sizes[cluster] = 1;
      nearest[row] = cluster;
    }
    return empty.length;
  }

  @Override
  public void close() {
    rows.close();
  }
}
