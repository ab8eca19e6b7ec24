package partita.transforms.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.neighbor.ExactNeighbors;
import partita.models.neighbor.NeighborLists;
import partita.models.neighbor.Similarity;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.CurveTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.InstanceTable;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.TableReader;
import partita.transforms.row.TaskRun;
import partita.transforms.shard.ShardInputs;

class PartitionTasksTest {
  private static final int ROWS = 330;
  private static final int WIDTH = 6;
  private static final long FIRST_ID = 7000;

  private final float[] values = new float[ROWS * WIDTH];
  private TaskRun tasks;
  private Map<String, Manifest> inputs;

  @BeforeEach
  void writeFeatures(@TempDir Path root) throws Exception {
    new CounterRandom(1, "rows").normals(0, 0, values, 0, values.length);
    tasks = new TaskRun(root);
    long[] ids = LongStream.range(FIRST_ID, FIRST_ID + ROWS).toArray();
    inputs =
        Map.of(
            "features",
            tasks.table("train", FeatureTable.schema(WIDTH), ROWS, ids, values.clone()));
  }

  @Test
  void neighborsOfAllShardsEqualThoseOfASearchQueryByQuery() throws Exception {
    Manifest graph = graph(5, 60, false);
    assertEquals(7, graph.files().size());
    RowSource rows = new ArrayRows(values, WIDTH);
    NeighborLists expected =
        ExactNeighbors.between(rows, rows, Similarity.COSINE, 6, ROWS, ROWS).search(0, ROWS);
    try (TableReader table = tasks.open(graph, NeighborTask.NEIGHBORS)) {
      long[] found = table.longs(NeighborTable.NEIGHBORS);
      for (int row = 0; row < ROWS; row++) {
        int self = row;
        assertArrayEquals(
            Arrays.stream(expected.ids(row)).filter(id -> id != self).asLongStream().toArray(),
            Arrays.copyOfRange(found, row * 5, (row + 1) * 5));
      }
      assertArrayEquals(
          LongStream.range(FIRST_ID, FIRST_ID + ROWS).toArray(), table.longs(NeighborTable.ID));
    }
  }

  @Test
  void theOrderOfShardsDoesNotChangeADigest() throws Exception {
    assertEquals(graph(5, 60, false).contentDigest(), graph(5, 60, true).contentDigest());
    Manifest clusters = tasks.run(kmeans(), inputs);
    Map<String, Manifest> both = Map.of("features", inputs.get("features"), "centroids", clusters);
    AssignTask assign = new AssignTask(100, true);
    assertEquals(
        tasks.run(assign, both, 1, false).contentDigest(),
        tasks.run(assign, both, 1, true).contentDigest());
  }

  /** All shards of both halves, the last first if asked to. */
  private Manifest graph(int k, int blockRows, boolean backwards) throws Exception {
    Manifest candidates = tasks.run(new CandidateTask(k, blockRows), inputs, 1, backwards);
    return tasks.run(
        new NeighborTask(k, blockRows),
        Map.of("features", inputs.get("features"), "candidates", candidates),
        1,
        backwards);
  }

  @Test
  void tooManyNeighborsAreRefusedBeforeAnyShardRuns() {
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new CandidateTask(330, 100).shards(new ShardInputs(inputs, Map.of())));
    assertEquals(
        "Cannot find 330 neighbors: 330 rows, expected more than k; lower k or add rows",
        error.getMessage());
  }

  @Test
  void comparingRowsStopsWhenAskedTo() throws Exception {
    tasks.requestStop();
    Exception error =
        assertThrows(
            InterruptedException.class, () -> tasks.run(new CandidateTask(5, 100), inputs));
    assertEquals("stopped after 4 of 4 strips", error.getMessage());
  }

  @Test
  void clusteringWritesCentroidsSizesInstancesAndTheObjective() throws Exception {
    Manifest clusters = tasks.run(kmeans(), inputs);
    try (TableReader centroids = tasks.open(clusters, KMeansTask.CENTROIDS);
        TableReader instances = tasks.open(clusters, KMeansTask.INSTANCES);
        TableReader curves = tasks.open(clusters, KMeansTask.CURVES)) {
      assertEquals(8, centroids.rows());
      assertEquals(ROWS, Arrays.stream(centroids.longs(CentroidTable.SIZE)).sum());
      long[] rows = instances.longs(InstanceTable.ROW);
      assertEquals(8, Arrays.stream(rows).distinct().count());
      assertArrayEquals(
          Arrays.stream(rows).map(row -> FIRST_ID + row).toArray(),
          instances.longs(InstanceTable.ID));
      double[] objective = curves.doubles(CurveTable.VALUE);
      assertEquals(6, objective.length);
      assertTrue(objective[5] < objective[0]);
    }
    assertEquals("0", clusters.facts().get("clusters.repaired"));
    assertEquals("8", clusters.facts().get("instances.distinct"));
  }

  @Test
  void everyRowIsAssignedToTheClusterOfItsInstance() throws Exception {
    Manifest clusters = tasks.run(kmeans(), inputs);
    Manifest assigned =
        tasks.run(
            new AssignTask(100, true),
            Map.of("features", inputs.get("features"), "centroids", clusters));
    try (TableReader table = tasks.open(assigned, AssignTask.ASSIGNMENTS);
        TableReader centroids = tasks.open(clusters, KMeansTask.CENTROIDS)) {
      long[] sizes = new long[8];
      for (long cluster : table.longs(AssignmentTable.CLUSTER)) {
        sizes[(int) cluster]++;
      }
      assertArrayEquals(centroids.longs(CentroidTable.SIZE), sizes);
    }
  }

  @Test
  void clusteringStartsFromGivenCentroids() throws Exception {
    Manifest clusters = tasks.run(kmeans(), inputs);
    Manifest again =
        tasks.run(
            kmeans(), Map.of("features", inputs.get("features"), "start", clusters), 99, false);
    try (TableReader first = tasks.open(clusters, KMeansTask.CURVES);
        TableReader second = tasks.open(again, KMeansTask.CURVES)) {
      assertTrue(second.doubles(CurveTable.VALUE)[0] <= first.doubles(CurveTable.VALUE)[5]);
    }
    assertNotEquals(
        clusters.contentDigest(), tasks.run(kmeans(), inputs, 99, false).contentDigest());
  }

  @Test
  void clusteringStopsBetweenIterationsWhenAskedTo() throws Exception {
    tasks.requestStop();
    Exception error = assertThrows(InterruptedException.class, () -> tasks.run(kmeans(), inputs));
    assertEquals("stopped after 0 of 6 iterations", error.getMessage());
  }

  private static KMeansTask kmeans() {
    return new KMeansTask(8, 6, 256, 20, true);
  }
}
