package partita.transforms.gan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import partita.models.cluster.Assignment;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.MatchingTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;

/**
 * A partition of all training rows as an artifact commits it: roles {@code assignments} ({@link
 * AssignmentTable}), {@code centroids} ({@link CentroidTable}) and {@code matching} ({@link
 * MatchingTable}).
 */
final class CommittedPartition {
  static final String ASSIGNMENTS = "assignments";
  static final String CENTROIDS = "centroids";
  static final String MATCHING = "matching";
  private static final int ROWS_PER_BATCH = 4096;

  private final float[] centroids;
  private final int[] labels;
  private final float[] distances;
  private final int clusters;

  private CommittedPartition(float[] centroids, int clusters, int[] labels, float[] distances) {
    this.centroids = centroids;
    this.clusters = clusters;
    this.labels = labels;
    this.distances = distances;
  }

  /**
   * Gives each row the label of its nearest centroid.
   *
   * @param centroids {@code [k, D]} by label
   */
  static CommittedPartition of(
      ShardContext context, DiscriminatorFeatures features, long rows, float[] centroids, int k)
      throws IOException, InterruptedException {
    RowSource means = new ArrayRows(centroids, centroids.length / k);
    int count = Math.toIntExact(rows);
    int[] labels = new int[count];
    float[] distances = new float[count];
    long start = System.nanoTime();
    for (int first = 0; first < count; first += ROWS_PER_BATCH) {
      int size = Math.min(ROWS_PER_BATCH, count - first);
      RowSource batch = features.of(LongStream.range(first, first + size).toArray());
      Assignment assignment = Assignment.of(batch, means, 0, size);
      System.arraycopy(assignment.clusters(), 0, labels, first, size);
      System.arraycopy(assignment.squaredDistances(), 0, distances, first, size);
      double rate = (first + size) / Math.max(1e-9, (System.nanoTime() - start) / 1e9);
      context.progress(new Progress(first + size, count, "rows", rate, Map.of()));
      if (context.stopRequested()) {
        throw new InterruptedException("stopped after assigning " + (first + size) + " rows");
      }
    }
    return new CommittedPartition(centroids, k, labels, distances);
  }

  /** Label of every row of an input's partition. */
  static int[] labels(ShardContext context, String input) throws IOException {
    try (TableReader table = context.open(input, ASSIGNMENTS)) {
      return table.ints(AssignmentTable.CLUSTER);
    }
  }

  /** Centroids {@code [k, D]} of an input's partition, by label. */
  static RowSource centroids(ShardContext context, String input) throws IOException {
    try (TableReader table = context.open(input, CENTROIDS)) {
      return new ArrayRows(
          table.floats(CentroidTable.CENTROID),
          table.schema().column(CentroidTable.CENTROID).elements());
    }
  }

  /** Label of every row. */
  int[] labels() {
    return labels;
  }

  /**
   * Writes assignments and centroids.
   *
   * @param ids file id of each row
   */
  List<FileEntry> write(ShardContext context, long[] ids) throws IOException {
    long[] sizes = new long[clusters];
    for (int label : labels) {
      sizes[label]++;
    }
    List<FileEntry> files = new ArrayList<>();
    files.add(
        write(
            context, ASSIGNMENTS, AssignmentTable.schema(), labels.length, ids, labels, distances));
    files.add(
        write(
            context,
            CENTROIDS,
            CentroidTable.schema(centroids.length / clusters),
            clusters,
            IntStream.range(0, clusters).toArray(),
            sizes,
            centroids));
    return files;
  }

  /**
   * Writes how clusters follow from those before.
   *
   * @param found for each label the index under which k-means found its cluster
   * @param before label of each row of the clustered subset before
   * @param now label of each of them now
   */
  static FileEntry writeMatching(ShardContext context, int[] found, int[] before, int[] now)
      throws IOException {
    int clusters = found.length;
    long[] shared = new long[clusters];
    long[] old = new long[clusters];
    long[] sizes = new long[clusters];
    for (int row = 0; row < now.length; row++) {
      old[before[row]]++;
      sizes[now[row]]++;
      if (before[row] == now[row]) {
        shared[now[row]]++;
      }
    }
    return write(
        context,
        MATCHING,
        MatchingTable.schema(),
        clusters,
        IntStream.range(0, clusters).toArray(),
        found,
        shared,
        old,
        sizes);
  }

  private static FileEntry write(
      ShardContext context, String role, TableSchema schema, int rows, Object... columns)
      throws IOException {
    try (TableWriter writer = context.writer(role, schema, ROWS_PER_BATCH)) {
      writer.append(rows, columns);
      return writer.commit();
    }
  }
}
