package partita.transforms.partition;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import partita.models.cluster.Assignment;
import partita.models.cluster.KMeans;
import partita.models.cluster.KMeansFit;
import partita.models.cluster.KMeansResult;
import partita.models.row.NormalizedRows;
import partita.models.row.RowSource;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.CurveTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.InstanceTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.row.TableRows;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * K-means over a data set's training features, and the instance nearest to each centroid. Reads the
 * role {@code train} of the input {@code features} ({@link FeatureTable}) and, when there is an
 * input {@code start}, begins from its role {@code centroids} instead of a k-means++ start. Writes
 * the roles {@code centroids} ({@link CentroidTable}, sizes over all rows), {@code instances}
 * ({@link InstanceTable}) and {@code curves} (the objective of each iteration).
 *
 * @param clusters number of centroids
 * @param iterations Lloyd iterations, all of them done
 * @param maxPointsPerCentroid rows used are at most {@code clusters} times this (faiss: 256)
 * @param seedPointsPerCentroid rows k-means++ draws from are at most {@code clusters} times this
 * @param normalize whether features are divided by their L2 norm first
 */
public record KMeansTask(
    int clusters,
    int iterations,
    int maxPointsPerCentroid,
    int seedPointsPerCentroid,
    boolean normalize)
    implements ShardTask {
  /** Role of the centroids, written and (of the input {@code start}) read. */
  public static final String CENTROIDS = "centroids";

  /** Role of the selected instances. */
  public static final String INSTANCES = "instances";

  /** Role of the objective by iteration. */
  public static final String CURVES = "curves";

  /** Optional input whose centroids the clustering starts from. */
  public static final String START = "start";

  private static final int ROWS_PER_BATCH = 1024;

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  /** Clustering is one shard, so it has the engine with all threads. */
  @Override
  public boolean exclusive() {
    return true;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (TableReader features = context.open(RowShards.FEATURES, RowShards.TRAIN)) {
      RowSource rows = rows(features, normalize);
      KMeansResult result = cluster(rows, context);
      int[] instances = result.instances(rows);
      return new ShardResult(
          List.of(
              writeCentroids(context, rows, result),
              writeInstances(context, features, instances),
              writeCurve(context, result.objectives())),
          Map.of(
              "clusters.repaired",
              result.repaired(),
              "instances.distinct",
              Arrays.stream(instances).distinct().count()));
    }
  }

  private KMeansResult cluster(RowSource rows, ShardContext context)
      throws IOException, InterruptedException {
    try (KMeansFit fit = start(rows, context)) {
      iterate(fit, context);
      return fit.finish();
    }
  }

  static RowSource rows(TableReader features, boolean normalize) {
    RowSource rows = new TableRows(features, FeatureTable.FEATURE);
    return normalize ? new NormalizedRows(rows) : rows;
  }

  private KMeansFit start(RowSource rows, ShardContext context) throws IOException {
    KMeans kmeans =
        new KMeans(
            clusters, iterations, maxPointsPerCentroid, seedPointsPerCentroid, context.seed());
    if (!context.inputs().artifacts().containsKey(START)) {
      return kmeans.start(rows);
    }
    try (TableReader centroids = context.open(START, CENTROIDS)) {
      return kmeans.start(rows, centroids.floats(CentroidTable.CENTROID));
    }
  }

  private void iterate(KMeansFit fit, ShardContext context)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!fit.done()) {
      if (context.stopRequested()) {
        throw new InterruptedException(
            "stopped after %d of %d iterations".formatted(fit.iteration(), iterations));
      }
      double objective = fit.step();
      double rate = fit.iteration() / Math.max(1e-9, (System.nanoTime() - start) / 1e9);
      context.progress(
          new Progress(
              fit.iteration(), iterations, "iterations", rate, Map.of("objective", objective)));
    }
  }

  private FileEntry writeCentroids(ShardContext context, RowSource rows, KMeansResult result)
      throws IOException {
    long[] sizes = new long[clusters];
    int count = Math.toIntExact(rows.rows());
    for (int cluster : Assignment.of(rows, result.centroids(), 0, count).clusters()) {
      sizes[cluster]++;
    }
    float[] values = new float[clusters * rows.width()];
    result.centroids().read(0, clusters, FloatBuffer.wrap(values));
    return write(
        context,
        CENTROIDS,
        CentroidTable.schema(rows.width()),
        clusters,
        IntStream.range(0, clusters).toArray(),
        sizes,
        values);
  }

  private FileEntry writeInstances(ShardContext context, TableReader features, int[] instances)
      throws IOException {
    long[] ids = features.longs(FeatureTable.ID);
    return write(
        context,
        INSTANCES,
        InstanceTable.schema(),
        clusters,
        Arrays.stream(instances).mapToLong(row -> ids[row]).toArray(),
        Arrays.stream(instances).asLongStream().toArray(),
        IntStream.range(0, clusters).toArray());
  }

  private FileEntry writeCurve(ShardContext context, double[] objectives) throws IOException {
    return write(
        context,
        CURVES,
        CurveTable.schema(),
        iterations,
        LongStream.range(0, iterations).toArray(),
        Collections.nCopies(iterations, "kmeans.objective"),
        objectives);
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
