package partita.models.cluster;

import java.nio.FloatBuffer;
import java.util.Arrays;
import partita.models.random.CounterRandom;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;
import partita.models.row.SelectedRows;

/**
 * Greedy k-means++: each next centroid is the best of several rows drawn with probability
 * proportional to their squared distance from the centroids chosen so far (Arthur and
 * Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, section 5, and
 * scikit-learn's number of draws, 2 + ln k).
 */
final class KMeansSeeding {
  /** Smaller relative to the norms, a squared distance is rounding of float32. */
  private static final double ROUNDING = 1e-6;

  private final RowSource rows;
  private final CounterRandom random;
  private final double[] nearest;

  private KMeansSeeding(RowSource rows, long seed) {
    this.rows = rows;
    this.random = new CounterRandom(seed, "kmeans.plusplus");
    this.nearest = new double[Math.toIntExact(rows.rows())];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
  }

  /**
   * Chooses {@code clusters} rows.
   *
   * @param rows {@code [n, D]}, held in memory meanwhile
   * @return centroids {@code [clusters, D]}
   */
  static float[] choose(RowSource rows, int clusters, long seed) {
    return new KMeansSeeding(rows, seed).choose(clusters);
  }

  private float[] choose(int clusters) {
    int draws = 2 + (int) Math.log(clusters);
    float[] centroids = new float[clusters * rows.width()];
    try (RowTiles tiles = new RowTiles(2);
        RowTile points = tiles.open(nearest.length, rows.width());
        RowTile candidates = tiles.open(draws, rows.width())) {
      points.load(rows, 0, nearest.length);
      for (int c = 0; c < clusters; c++) {
        int[] drawn = draw(c, c == 0 ? 1 : draws);
        candidates.load(new SelectedRows(rows, drawn), 0, drawn.length);
        int best = approach(points, candidates);
        candidates.copy(best, centroids, c * rows.width());
      }
    }
    return centroids;
  }

  /** Takes the candidate that leaves the smallest sum of squared distances; of equals the first. */
  private int approach(RowTile points, RowTile candidates) {
    int best = 0;
    double[][] distances = new double[candidates.count()][];
    RowTiles.multiply(
        points,
        candidates,
        products -> {
          for (int c = 0; c < distances.length; c++) {
            distances[c] = distances(points, candidates, c, products);
          }
        });
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < distances.length; c++) {
      double sum = Arrays.stream(distances[c]).sum();
      if (sum < least) {
        least = sum;
        best = c;
      }
    }
    System.arraycopy(distances[best], 0, nearest, 0, nearest.length);
    return best;
  }

  /** Each point's squared distance to the nearest centroid, were the candidate one of them. */
  private double[] distances(
      RowTile points, RowTile candidates, int candidate, FloatBuffer products) {
    double norm = candidates.squaredNorms()[candidate];
    double[] distances = new double[nearest.length];
    for (int i = 0; i < distances.length; i++) {
      double norms = points.squaredNorms()[i] + norm;
      double distance = norms - 2.0 * products.get(i * candidates.capacity() + candidate);
      distances[i] = Math.min(nearest[i], distance < ROUNDING * norms ? 0 : distance);
    }
    return distances;
  }

  /** Rows by their weight, the squared distance; any row when all coincide with centroids. */
  private int[] draw(int step, int draws) {
    double total = 0;
    for (double weight : nearest) {
      total += weight;
    }
    int[] drawn = new int[draws];
    for (int i = 0; i < draws; i++) {
      boolean uniform = total == 0 || Double.isInfinite(total);
      drawn[i] =
          uniform
              ? random.below(nearest.length, step, 0, i)
              : at(random.uniform(step, 0, i) * total);
    }
    return drawn;
  }

  /** The row at which the running sum of weights passes the target. */
  private int at(double target) {
    int last = 0;
    double sum = 0;
    for (int i = 0; i < nearest.length && sum <= target; i++) {
      if (nearest[i] > 0) {
        last = i;
        sum += nearest[i];
      }
    }
    return last;
  }
}
