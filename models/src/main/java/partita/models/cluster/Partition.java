package partita.models.cluster;

/**
 * Rows divided into labeled clusters.
 *
 * @param centroids {@code [k, D]} row-major, by label
 * @param labels label of each clustered row
 * @param found for each label the index under which k-means found its cluster
 * @param reseeded clusters that had no rows and began again at a farthest one
 */
@SuppressWarnings("ArrayRecordComponent")
public record Partition(float[] centroids, int[] labels, int[] found, long reseeded) {}
