package partita.models.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import partita.models.op.NativeThreads;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;

class KMeansTest {

  @BeforeAll
  static void computeOnOneThread() {
    NativeThreads.set(1);
  }

  @Test
  void fromTheSameStartCentroidsEqualThoseOfScikitLearn() throws IOException {
    KMeansResult result =
        KMeans.of(20, 8, 1).start(points(), Golden.floats("cluster/start.bin")).finish();
    double[] expected = Golden.doubles("cluster/lloyd.centroids.bin");
    float[] found = values(result.centroids());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-4);
    }
    double inertia = Golden.doubles("cluster/objectives.bin")[0];
    assertEquals(
        inertia, Assignment.of(points(), result.centroids(), 0, 1200).objective(), 1e-4 * inertia);
    assertEquals(0, result.repaired());
  }

  @Test
  void theObjectiveIsWithinOnePercentOfFaissAfterAsManyIterations() throws IOException {
    double peer = Golden.doubles("cluster/objectives.bin")[20];
    for (int seed = 0; seed < 5; seed++) {
      double[] objectives = KMeans.of(20, 20, seed).start(points()).finish().objectives();
      assertEquals(20, objectives.length);
      assertTrue(objectives[19] <= 1.01 * peer, objectives[19] + " against " + peer);
      for (int i = 1; i < objectives.length; i++) {
        assertTrue(objectives[i] <= objectives[i - 1] * (1 + 1e-6), Arrays.toString(objectives));
      }
    }
  }

  @Test
  void onDirectionsWithoutStructureTheObjectiveIsThatOfFaissToo() throws IOException {
    double[] peer = Golden.doubles("cluster/unit.objectives.bin");
    RowSource directions = new ArrayRows(Golden.floats("cluster/unit.bin"), 32);
    for (int seed = 0; seed < 3; seed++) {
      double[] objectives = KMeans.of(30, 20, seed).start(directions).finish().objectives();
      assertTrue(objectives[19] <= 1.01 * peer[19], objectives[19] + " against " + peer[19]);
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    float[] values = new float[3000 * 40];
    new CounterRandom(1, "rows").normals(0, 0, values, 0, values.length);
    RowSource rows = new ArrayRows(values, 40);
    KMeansResult one = KMeans.of(70, 3, 1).start(rows).finish();
    NativeThreads.set(2);
    KMeansResult two;
    try {
      two = KMeans.of(70, 3, 1).start(rows).finish();
    } finally {
      NativeThreads.set(1);
    }
    assertArrayEquals(values(one.centroids()), values(two.centroids()));
    assertArrayEquals(one.objectives(), two.objectives());
  }

  @Test
  void starvedClustersAreReseededFromTheFarthestPoints() {
    RowSource line = new ArrayRows(new float[] {0, 1, 2, 3, 40, 50, 51}, 1);
    float[] start = {0, 1000, 50, 2000};
    KMeansResult once = new KMeans(4, 1, 256, 20, 1).start(line, start).finish();
    assertEquals(2, once.repaired());
    // 40 is 10 from its centroid 50, then 3 is 3 from its centroid 0.
    assertArrayEquals(new float[] {1, 40, 50.5f, 3}, values(once.centroids()), 1e-6f);
  }

  @Test
  void repairDoesNotEmptyAnotherCluster() {
    RowSource line = new ArrayRows(new float[] {0, 1, 100}, 1);
    KMeansResult once = new KMeans(3, 1, 256, 20, 1).start(line, new float[] {0, 60, 900}).finish();
    assertArrayEquals(new float[] {0, 100, 1}, values(once.centroids()));
  }

  @Test
  void fewerDistinctPointsThanClustersStillGiveFiniteCentroids() {
    float[] values = new float[60];
    Arrays.fill(values, 0, 20, 3);
    for (float centroid :
        values(KMeans.of(5, 3, 1).start(new ArrayRows(values, 2)).finish().centroids())) {
      assertTrue(Float.isFinite(centroid));
    }
  }

  @Test
  void rowsThatAreAllEqualGiveThatRowAndSayHowManyClustersWereEmpty() {
    float[] values = new float[60];
    Arrays.fill(values, 7);
    KMeansResult result = KMeans.of(4, 2, 1).start(new ArrayRows(values, 3)).finish();
    for (float centroid : values(result.centroids())) {
      assertEquals(7, centroid);
    }
    assertEquals(6, result.repaired());
    assertArrayEquals(new double[2], result.objectives());
  }

  @Test
  void asManyClustersAsRowsGiveEachItsOwn() {
    float[] values = {5, 1, 4, 2};
    KMeansResult result = KMeans.of(4, 3, 1).start(new ArrayRows(values, 1)).finish();
    float[] found = values(result.centroids());
    Arrays.sort(found);
    assertArrayEquals(new float[] {1, 2, 4, 5}, found);
    assertEquals(0, result.objectives()[2]);
  }

  @Test
  void seedingTakesFarPointsFirst() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1000 * (i % 8) + i * 1e-3f;
    }
    Set<Long> groups = new HashSet<>();
    for (float centroid : KMeansSeeding.choose(new ArrayRows(values, 1), 8, 4)) {
      groups.add(Math.round(centroid / 1000.0));
    }
    assertEquals(8, groups.size());
  }

  @Test
  void onlyASubsetIsClusteredWhenThereAreManyPoints() throws IOException {
    KMeans few = new KMeans(20, 5, 10, 20, 3);
    double part = few.start(points()).finish().objectives()[4];
    double whole = KMeans.of(20, 5, 3).start(points()).finish().objectives()[4];
    assertTrue(part < whole / 4, part + " of " + whole);
  }

  @Test
  void theSeedDecidesAndNothingElse() throws IOException {
    float[] first = values(KMeans.of(20, 3, 5).start(points()).finish().centroids());
    assertArrayEquals(first, values(KMeans.of(20, 3, 5).start(points()).finish().centroids()));
    assertFalse(
        Arrays.equals(first, values(KMeans.of(20, 3, 6).start(points()).finish().centroids())));
  }

  @Test
  void instancesAreTheRowsNearestToTheCentroids() {
    RowSource rows = new ArrayRows(new float[] {0, 1, 2, 10, 12, 11}, 1);
    KMeansResult result = KMeans.of(2, 5, 1).start(rows, new float[] {0, 10}).finish();
    assertArrayEquals(new int[] {1, 5}, result.instances(rows));
  }

  @Test
  void rangesOfRowsAreAssignedAsTheWhole() throws IOException {
    RowSource centroids = new ArrayRows(Golden.floats("cluster/start.bin"), 8);
    Assignment whole = Assignment.of(points(), centroids, 0, 1200);
    for (int range = 11; range >= 0; range--) {
      assertArrayEquals(
          Arrays.copyOfRange(whole.clusters(), range * 100, (range + 1) * 100),
          Assignment.of(points(), centroids, range * 100L, 100).clusters());
    }
  }

  @Test
  void anEquallyNearRowGoesToTheSmallerCluster() {
    RowSource rows = new ArrayRows(new float[] {1}, 1);
    RowSource centroids = new ArrayRows(new float[] {5, 2, 0}, 1);
    assertArrayEquals(new int[] {1}, Assignment.of(rows, centroids, 0, 1).clusters());
  }

  @Test
  void fewerRowsThanClustersAreRefused() {
    RowSource rows = new ArrayRows(new float[6], 2);
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> KMeans.of(4, 1, 1).start(rows));
    assertEquals(
        "Cannot find 4 clusters: 3 rows, expected at least as many; lower the number of clusters or add rows",
        error.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> KMeans.of(2, 1, 1).start(rows, new float[6]));
    assertThrows(IllegalArgumentException.class, () -> KMeans.of(0, 1, 1));
  }

  @Test
  void aRowThatIsNotFiniteIsNamed() {
    float[] values = new float[100];
    new CounterRandom(1, "rows").normals(0, 0, values, 0, 100);
    values[31] = Float.NEGATIVE_INFINITY;
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> KMeans.of(3, 2, 1).start(new ArrayRows(values, 2)));
    assertTrue(error.getMessage().contains("row 15"), error.getMessage());
  }

  private static RowSource points() throws IOException {
    return new ArrayRows(Golden.floats("cluster/points.bin"), 8);
  }

  private static float[] values(RowSource rows) {
    float[] values = new float[(int) rows.rows() * rows.width()];
    rows.read(0, (int) rows.rows(), FloatBuffer.wrap(values));
    return values;
  }
}
