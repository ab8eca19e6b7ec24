package partita.models.cluster;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;
import partita.models.row.RowSource;

/**
 * Lloyd's iteration: assign each row to the nearest centroid, then move each centroid to the mean
 * of its rows. Means are added in float64 in row order, so they have one value. A cluster left
 * without rows restarts at the row farthest from its centroid, one row for each such cluster.
 */
final class Lloyd {
  private static final int BLOCK_ROWS = 8192;

  private final RowSource rows;
  private final int width;

  /**
   * One iteration's outcome.
   *
   * @param centroids updated centroids {@code [K, D]}
   * @param objective sum of squared distances under the centroids before the update
   * @param repaired clusters that were empty
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Step(float[] centroids, double objective, int repaired) {}

  Lloyd(RowSource rows) {
    this.rows = rows;
    this.width = rows.width();
  }

  int width() {
    return width;
  }

  Step step(RowSource centroids) {
    int count = Math.toIntExact(rows.rows());
    int clusters = Math.toIntExact(centroids.rows());
    double[] sums = new double[clusters * width];
    int[] sizes = new int[clusters];
    int[] nearest = new int[count];
    float[] distances = new float[count];
    double objective = 0;
    for (int start = 0; start < count; start += BLOCK_ROWS) {
      int block = Math.min(BLOCK_ROWS, count - start);
      Assignment assignment = Assignment.of(rows, centroids, start, block);
      System.arraycopy(assignment.clusters(), 0, nearest, start, block);
      System.arraycopy(assignment.squaredDistances(), 0, distances, start, block);
      objective += assignment.objective();
      add(start, assignment.clusters(), sums, sizes);
    }
    int repaired = repair(nearest, distances, sums, sizes);
    return new Step(means(sums, sizes), objective, repaired);
  }

  private void add(int start, int[] clusters, double[] sums, int[] sizes) {
    float[] block = new float[clusters.length * width];
    rows.read(start, clusters.length, FloatBuffer.wrap(block));
    for (int i = 0; i < clusters.length; i++) {
      sizes[clusters[i]]++;
      addTo(sums, clusters[i] * width, block, i * width, 1);
    }
  }

  private void addTo(double[] sums, int to, float[] values, int from, int sign) {
    for (int j = 0; j < width; j++) {
      sums[to + j] += sign * (double) values[from + j];
    }
  }

  /**
   * Gives every empty cluster a row of its own, the farthest first; returns how many there were.
   */
  private int repair(int[] nearest, float[] distances, double[] sums, int[] sizes) {
    int[] empty = IntStream.range(0, sizes.length).filter(c -> sizes[c] == 0).toArray();
    if (empty.length == 0) {
      return 0;
    }
    Deque<Integer> farthest = new ArrayDeque<>();
    IntStream.range(0, distances.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -distances[i]).thenComparingInt(i -> i))
        .forEach(farthest::add);
    float[] vector = new float[width];
    for (int cluster : empty) {
      int row = farthest.remove();
      while (sizes[nearest[row]] == 1) {
        row = farthest.remove();
      }
      rows.read(row, 1, FloatBuffer.wrap(vector));
      addTo(sums, nearest[row] * width, vector, 0, -1);
      sizes[nearest[row]]--;
      addTo(sums, cluster * width, vector, 0, 1);
      sizes[cluster] = 1;
      nearest[row] = cluster;
    }
    return empty.length;
  }

  private float[] means(double[] sums, int[] sizes) {
    float[] centroids = new float[sums.length];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = (float) (sums[i] / sizes[i / width]);
    }
    return centroids;
  }
}
