package partita.models.cluster;

import partita.models.neighbor.ExactNeighbors;
import partita.models.neighbor.Similarity;
import partita.models.row.RowSource;

/**
 * What k-means found.
 *
 * @param centroids {@code [clusters, D]}
 * @param objectives sum of squared distances to the nearest centroid, before the update of each
 *     iteration (as faiss reports it)
 * @param repaired empty clusters that were restarted, over all iterations
 */
@SuppressWarnings("ArrayRecordComponent")
public record KMeansResult(RowSource centroids, double[] objectives, long repaired) {
  private static final int TILE_ROWS = 2048;

  /**
   * Instance selection (Casanova et al., "Instance-Conditioned GAN", NeurIPS 2021, section 3.2):
   * the row nearest to each centroid, of equals the smaller index. As in the reference
   * implementation a row nearest to two centroids is chosen twice.
   *
   * @param rows {@code [N, D]}, all of them, not only the subset that was clustered
   * @return row index of each centroid
   */
  public int[] instances(RowSource rows) {
    return ExactNeighbors.between(centroids, rows, Similarity.EUCLIDEAN, 1, TILE_ROWS, TILE_ROWS)
        .search(0, Math.toIntExact(centroids.rows()))
        .ids();
  }
}
