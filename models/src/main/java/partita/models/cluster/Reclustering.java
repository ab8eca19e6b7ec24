package partita.models.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import partita.models.random.CounterRandom;
import partita.models.row.RowSource;

/**
 * How a partition is made again as the features change (Liu et al., "Diverse image generation via
 * self-conditioned GANs", CVPR 2020, section 3): k-means from the means of the old clusters in the
 * new features (equation 2), then matching to the old clusters (equation 3).
 *
 * @param clusters number of clusters k
 * @param restarts k-means++ starts of which the best is taken, where there is no partition to start
 *     from (10 in the paper's appendix A)
 * @param iterations Lloyd iterations at most
 * @param initialization whether k-means starts from the old clusters; otherwise anew
 * @param matching whether labels follow the old clusters; otherwise they are as k-means found them
 */
public record Reclustering(
    int clusters, int restarts, int iterations, boolean initialization, boolean matching)
    implements Serializable {

  public Reclustering {
    if (clusters < 1 || restarts < 1 || iterations < 1) {
      throw new IllegalArgumentException(
          "Cannot cluster into %d by %d iterations from %d starts: expected at least 1 each"
              .formatted(clusters, iterations, restarts));
    }
  }

  /**
   * The first partition.
   *
   * @param rows {@code [N, D]}, N at least k
   */
  public Partition first(RowSource rows, long seed, StopCheck stop)
      throws IOException, InterruptedException {
    KMeansResult best = null;
    for (int restart = 0; restart < restarts; restart++) {
      long own = new CounterRandom(seed, "cluster.restart").bits(0, restart, 0);
      KMeansResult result = finish(kmeans(own).start(rows), stop);
      if (best == null || last(result) < last(best)) {
        best = result;
      }
    }
    int[] identity = IntStream.range(0, clusters).toArray();
    return labeled(rows, best, identity, best.repaired());
  }

  /**
   * The next partition.
   *
   * @param rows {@code [N, D]} in the new features
   * @param old label of each row, in [0, k)
   */
  public Partition next(RowSource rows, int[] old, long seed, StopCheck stop)
      throws IOException, InterruptedException {
    requireLabels(rows, old);
    Partition found = initialization ? fromMeans(rows, old, seed, stop) : first(rows, seed, stop);
    if (!matching) {
      return found;
    }
    int[] continued = ClusterMatching.match(found.labels(), old, clusters);
    int width = rows.width();
    float[] centroids = new float[found.centroids().length];
    int[] label = new int[clusters];
    for (int c = 0; c < clusters; c++) {
      System.arraycopy(found.centroids(), continued[c] * width, centroids, c * width, width);
      label[continued[c]] = c;
    }
    int[] labels = Arrays.stream(found.labels()).map(cluster -> label[cluster]).toArray();
    return new Partition(centroids, labels, continued, found.reseeded());
  }

  private Partition fromMeans(RowSource rows, int[] old, long seed, StopCheck stop)
      throws IOException, InterruptedException {
    int[] sizes = new int[clusters];
    float[] means = means(rows, old, sizes);
    int starved = reseed(rows, old, sizes, means);
    KMeansResult result = finish(kmeans(seed).start(rows, means), stop);
    int[] identity = IntStream.range(0, clusters).toArray();
    return labeled(rows, result, identity, starved + result.repaired());
  }

  private static KMeansResult finish(KMeansFit begun, StopCheck stop)
      throws IOException, InterruptedException {
    try (KMeansFit fit = begun) {
      while (!fit.done()) {
        stop.check();
        fit.step();
      }
      return fit.finish();
    }
  }

  private static Partition labeled(
      RowSource rows, KMeansResult result, int[] found, long reseeded) {
    float[] centroids = new float[found.length * rows.width()];
    result.centroids().read(0, found.length, FloatBuffer.wrap(centroids));
    int count = Math.toIntExact(rows.rows());
    int[] labels = Assignment.of(rows, result.centroids(), 0, count).clusters();
    return new Partition(centroids, labels, found, reseeded);
  }

  /** On all rows: the caller has chosen the subset. */
  private KMeans kmeans(long seed) {
    return new KMeans(clusters, iterations, Integer.MAX_VALUE, Integer.MAX_VALUE, seed);
  }

  private static double last(KMeansResult result) {
    return result.objectives()[result.objectives().length - 1];
  }

  /** Mean of each old cluster, in float64 in row order; zero where a cluster has no rows. */
  private float[] means(RowSource rows, int[] old, int[] sizes) {
    int width = rows.width();
    double[] sums = new double[clusters * width];
    float[] vector = new float[width];
    for (int row = 0; row < old.length; row++) {
      rows.read(row, 1, FloatBuffer.wrap(vector));
      sizes[old[row]]++;
      for (int j = 0; j < width; j++) {
        sums[old[row] * width + j] += vector[j];
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / Math.max(1, sizes[i / width]));
    }
    return means;
  }

  /**
   * Gives each starved cluster one of the rows farthest from their cluster's mean, where the
   * partition serves the data worst. The reference means to draw a random row and crashes.
   *
   * @return how many were starved
   */
  private int reseed(RowSource rows, int[] old, int[] sizes, float[] means) {
    int[] starved = IntStream.range(0, clusters).filter(c -> sizes[c] == 0).toArray();
    if (starved.length == 0) {
      return 0;
    }
    int width = rows.width();
    float[] vector = new float[width];
    double[] distances = new double[old.length];
    for (int row = 0; row < old.length; row++) {
      rows.read(row, 1, FloatBuffer.wrap(vector));
      for (int j = 0; j < width; j++) {
        double difference = vector[j] - means[old[row] * width + j];
        distances[row] += difference * difference;
      }
    }
    List<Integer> farthest = new ArrayList<>(IntStream.range(0, old.length).boxed().toList());
    farthest.sort(Comparator.comparingDouble((Integer row) -> -distances[row]));
    for (int i = 0; i < starved.length; i++) {
      rows.read(farthest.get(i), 1, FloatBuffer.wrap(means, starved[i] * width, width));
    }
    return starved.length;
  }

  private void requireLabels(RowSource rows, int[] old) {
    if (old.length != rows.rows()) {
      throw new IllegalArgumentException(
          "Cannot recluster: found %d labels for %d rows".formatted(old.length, rows.rows()));
    }
    for (int label : old) {
      if (label < 0 || label >= clusters) {
        throw new IllegalArgumentException(
            "Cannot recluster into %d clusters: a row has label %d; the partition before was made with another number of clusters"
                .formatted(clusters, label));
      }
    }
  }
}
