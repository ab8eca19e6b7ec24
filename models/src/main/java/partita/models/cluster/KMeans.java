package partita.models.cluster;

import java.util.Arrays;
import java.util.stream.IntStream;
import partita.models.random.CounterRandom;
import partita.models.row.Precision;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;

/**
 * K-means with k-means++ seeding (Arthur and Vassilvitskii, SODA 2007) and Lloyd's iterations, on a
 * random subset when there are many rows, as faiss does. Not spherical; no early stop: the number
 * of iterations is a parameter.
 *
 * @param clusters number of centroids
 * @param iterations Lloyd iterations
 * @param maxPointsPerCentroid rows used are at most {@code clusters} times this (faiss: 256)
 * @param seedPointsPerCentroid rows k-means++ draws from are at most {@code clusters} times this
 * @param seed seed of subset and seeding
 */
public record KMeans(
    int clusters, int iterations, int maxPointsPerCentroid, int seedPointsPerCentroid, long seed) {

  public KMeans {
    if (clusters < 1 || iterations < 1 || maxPointsPerCentroid < 1 || seedPointsPerCentroid < 1) {
      throw new IllegalArgumentException(
          "Cannot cluster into %d by %d iterations on %d (seeding %d) points a centroid: expected at least 1 of each"
              .formatted(clusters, iterations, maxPointsPerCentroid, seedPointsPerCentroid));
    }
  }

  /** faiss's subset of 256 points a centroid, seeded from 20 points a centroid. */
  public static KMeans of(int clusters, int iterations, long seed) {
    return new KMeans(clusters, iterations, 256, 20, seed);
  }

  /**
   * Chooses a k-means++ start; no iteration is done yet.
   *
   * @param rows {@code [N, D]}
   * @throws IllegalArgumentException when there are fewer rows than clusters or a value is not
   *     finite
   */
  public KMeansFit start(RowSource rows) {
    requireRows(rows);
    int[] sample = subset(rows, seedPointsPerCentroid, "kmeans.seeding");
    return start(rows, KMeansSeeding.choose(new SelectedRows(rows, sample), clusters, seed));
  }

  /**
   * Starts from given centroids, those of an earlier clustering for example.
   *
   * @param rows {@code [N, D]}
   * @param centroids {@code [clusters, D]}
   */
  public KMeansFit start(RowSource rows, float[] centroids) {
    requireRows(rows);
    if (centroids.length != clusters * rows.width()) {
      throw new IllegalArgumentException(
          "Cannot start from %d values: expected %d centroids of %d dimensions"
              .formatted(centroids.length, clusters, rows.width()));
    }
    int[] subset = subset(rows, maxPointsPerCentroid, "kmeans.subset");
    RowSource used = new SelectedRows(rows, subset);
    Lloyd lloyd = new Lloyd(used, centroids, Precision.fastest(rows.width()));
    return new KMeansFit(lloyd, iterations, centroids);
  }

  /**
   * At most {@code clusters * perCentroid} distinct rows, ascending, so that reads stay ordered.
   */
  private int[] subset(RowSource rows, int perCentroid, String stream) {
    int count = Math.toIntExact(rows.rows());
    long most = (long) clusters * perCentroid;
    if (count <= most) {
      return IntStream.range(0, count).toArray();
    }
    int[] chosen = Arrays.copyOf(new CounterRandom(seed, stream).permutation(count, 0), (int) most);
    Arrays.sort(chosen);
    return chosen;
  }

  private void requireRows(RowSource rows) {
    if (rows.rows() < clusters) {
      throw new IllegalArgumentException(
          "Cannot find "
              + clusters
              + " clusters: "
              + rows.rows()
              + " rows, expected at least as many; lower the number of clusters or add rows");
    }
  }
}
