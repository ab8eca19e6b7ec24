package partita.models.cluster;

import partita.models.op.Workers;

/**
 * The mean of each cluster's rows, added in float64 in row order, so that it has one value.
 * Clusters are summed side by side; within one nothing is.
 */
final class ClusterMeans {
  private static final int CLUSTERS_PER_TASK = 16;

  private final RowBlocks rows;
  private final int[] members;
  private final int[] starts;
  private final float[] means;

  private ClusterMeans(RowBlocks rows, int[] clusters, int[] sizes) {
    this.rows = rows;
    this.starts = new int[sizes.length + 1];
    for (int c = 0; c < sizes.length; c++) {
      starts[c + 1] = starts[c] + sizes[c];
    }
    this.members = new int[clusters.length];
    int[] next = starts.clone();
    for (int row = 0; row < clusters.length; row++) {
      members[next[clusters[row]]++] = row;
    }
    this.means = new float[sizes.length * rows.width()];
  }

  /**
   * Computes the means.
   *
   * @param clusters cluster of each row
   * @param sizes rows of each cluster, none empty
   * @return {@code [K, D]}
   */
  static float[] of(RowBlocks rows, int[] clusters, int[] sizes) {
    ClusterMeans means = new ClusterMeans(rows, clusters, sizes);
    int tasks = (sizes.length + CLUSTERS_PER_TASK - 1) / CLUSTERS_PER_TASK;
    Workers.forEach(
        tasks,
        task -> {
          int first = task * CLUSTERS_PER_TASK;
          means.compute(first, Math.min(first + CLUSTERS_PER_TASK, sizes.length));
        });
    return means.means;
  }

  private void compute(int from, int to) {
    int width = rows.width();
    float[] vector = new float[width];
    for (int cluster = from; cluster < to; cluster++) {
      double[] sum = new double[width];
      for (int i = starts[cluster]; i < starts[cluster + 1]; i++) {
        rows.read(members[i], vector);
        for (int j = 0; j < width; j++) {
          sum[j] += vector[j];
        }
      }
      for (int j = 0; j < width; j++) {
        means[cluster * width + j] = (float) (sum[j] / (starts[cluster + 1] - starts[cluster]));
      }
    }
  }
}
