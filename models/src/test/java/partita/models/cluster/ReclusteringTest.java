package partita.models.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;

class ReclusteringTest {
  private static final int ROWS_PER_BLOB = 20;

  /** Nobody wants it to stop. */
  private static final StopCheck ON = () -> {};

  @Test
  void matchingLeavesAsFewRowsAsTheBestOfAllPermutations() {
    int k = 6;
    for (int trial = 0; trial < 20; trial++) {
      int[] found = labels(k, 60, "found", trial);
      int[] old = labels(k, 60, "old", trial);
      int[] continued = ClusterMatching.match(found, old, k);
      assertArrayEquals(
          IntStream.range(0, k).toArray(), Arrays.stream(continued).sorted().toArray());
      assertEquals(least(found, old, new int[k], 0), lost(found, old, continued), "trial " + trial);
    }
  }

  @Test
  void matchingOfARenamedPartitionFindsTheNames() {
    int[] old = labels(50, 2_000, "old", 0);
    int[] names = new CounterRandom(3, "names").permutation(50, 0);
    int[] found = Arrays.stream(old).map(label -> names[label]).toArray();
    assertArrayEquals(names, ClusterMatching.match(found, old, 50));
  }

  @Test
  void labelsFollowTheirClustersIntoOtherFeatures() throws Exception {
    Reclustering reclustering = new Reclustering(5, 3, 20, true, true);
    Partition before = reclustering.first(blobs(0), 1, ON);
    Partition after = reclustering.next(blobs(100), before.labels(), 2, ON);
    assertArrayEquals(before.labels(), after.labels());
    assertEquals(0, after.reseeded());
  }

  @Test
  void matchingAloneKeepsLabelsWhenKMeansStartsAnew() throws Exception {
    Partition before = new Reclustering(5, 3, 20, true, true).first(blobs(0), 1, ON);
    Reclustering anew = new Reclustering(5, 3, 20, false, true);
    assertArrayEquals(before.labels(), anew.next(blobs(100), before.labels(), 7, ON).labels());
    Partition unmatched =
        new Reclustering(5, 3, 20, false, false).next(blobs(100), before.labels(), 7, ON);
    assertNotEquals(
        Arrays.toString(before.labels()),
        Arrays.toString(unmatched.labels()),
        "k-means that starts anew names its clusters in another order");
  }

  @Test
  void centroidsAreInTheOrderOfTheLabels() throws Exception {
    Partition before = new Reclustering(5, 3, 20, true, true).first(blobs(0), 1, ON);
    Partition after =
        new Reclustering(5, 3, 20, false, true).next(blobs(100), before.labels(), 7, ON);
    RowSource centroids = new ArrayRows(after.centroids(), 2);
    assertArrayEquals(
        after.labels(), Assignment.of(blobs(100), centroids, 0, 5 * ROWS_PER_BLOB).clusters());
  }

  @Test
  void starvedClusterIsReseededFromTheFarthestPoint() throws Exception {
    float[] points = new float[2 * 12];
    int[] old = new int[12];
    for (int row = 0; row < 11; row++) {
      old[row] = row < 5 ? 0 : 1;
      points[2 * row] = 10 * old[row];
      points[2 * row + 1] = row;
    }
    points[22] = 50;
    old[11] = 1;
    Partition next =
        new Reclustering(3, 1, 20, true, true).next(new ArrayRows(points, 2), old, 1, ON);
    assertEquals(1, next.reseeded());
    int[] expected = old.clone();
    expected[11] = 2;
    assertArrayEquals(expected, next.labels(), "the far point has the label that was free");
  }

  @Test
  void aSingleClusterIsOfAllRows() throws Exception {
    Reclustering single = new Reclustering(1, 2, 20, true, true);
    Partition before = single.first(blobs(0), 1, ON);
    Partition after = single.next(blobs(100), before.labels(), 2, ON);
    assertArrayEquals(new int[5 * ROWS_PER_BLOB], after.labels());
    assertArrayEquals(new int[1], after.found());
  }

  @Test
  void asManyClustersAsRowsAreOneEach() throws Exception {
    int rows = 5 * ROWS_PER_BLOB;
    Reclustering all = new Reclustering(rows, 1, 20, true, true);
    Partition before = all.first(blobs(0), 1, ON);
    assertEquals(rows, Arrays.stream(before.labels()).distinct().count());
    assertArrayEquals(before.labels(), all.next(blobs(100), before.labels(), 2, ON).labels());
  }

  @Test
  void rowsThatAreAllTheSameHaveLabelsAllTheSame() throws Exception {
    RowSource same = new ArrayRows(new float[2 * 12], 2);
    Reclustering reclustering = new Reclustering(3, 2, 20, true, true);
    Partition before = reclustering.first(same, 1, ON);
    Partition after = reclustering.next(same, before.labels(), 2, ON);
    assertEquals(1, Arrays.stream(after.labels()).distinct().count());
    assertTrue(after.reseeded() >= 2, "two clusters cannot have rows: " + after.reseeded());
  }

  @Test
  void bestOfManyStartsIsNoWorseThanTheFirst() throws Exception {
    RowSource rows = blobs(0);
    double one = objective(rows, new Reclustering(5, 1, 20, true, true).first(rows, 1, ON));
    double ten = objective(rows, new Reclustering(5, 10, 20, true, true).first(rows, 1, ON));
    assertTrue(ten <= one, ten + " after " + one);
  }

  private static double objective(RowSource rows, Partition partition) {
    RowSource centroids = new ArrayRows(partition.centroids(), 2);
    return Assignment.of(rows, centroids, 0, Math.toIntExact(rows.rows())).objective();
  }

  @Test
  void clusteringThatIsStoppedEndsBeforeItsNextIteration() throws Exception {
    Reclustering reclustering = new Reclustering(5, 3, 20, true, true);
    int[] labels = reclustering.first(blobs(0), 1, ON).labels();
    AtomicInteger asked = new AtomicInteger();
    StopCheck third =
        () -> {
          if (asked.incrementAndGet() == 3) {
            throw new InterruptedException("asked to stop");
          }
        };
    assertThrows(InterruptedException.class, () -> reclustering.first(blobs(0), 1, third));
    assertEquals(3, asked.getAndSet(2));
    assertThrows(InterruptedException.class, () -> reclustering.next(blobs(9), labels, 1, third));
    assertEquals(3, asked.get());
  }

  @Test
  void labelsOfAnotherNumberOfClustersAreRefused() {
    int[] old = new int[5 * ROWS_PER_BLOB];
    old[3] = 5;
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Reclustering(5, 1, 20, true, true).next(blobs(0), old, 1, ON));
    assertTrue(error.getMessage().contains("label 5"), error.getMessage());
  }

  /** Five blobs of points in a row, moved along the other axis. */
  private static RowSource blobs(float moved) {
    float[] points = new float[5 * ROWS_PER_BLOB * 2];
    new CounterRandom(5, "blobs").normals(0, 0, points, 0, points.length);
    for (int row = 0; row < points.length / 2; row++) {
      points[2 * row] += 20 * (row / ROWS_PER_BLOB);
      points[2 * row + 1] += moved;
    }
    return new ArrayRows(points, 2);
  }

  private static int[] labels(int k, int rows, String stream, long trial) {
    CounterRandom random = new CounterRandom(9, stream);
    return IntStream.range(0, rows).map(row -> random.below(k, trial, row, 0)).toArray();
  }

  private static int lost(int[] found, int[] old, int[] continued) {
    return (int)
        IntStream.range(0, old.length).filter(row -> found[row] != continued[old[row]]).count();
  }

  private static int least(int[] found, int[] old, int[] permutation, int depth) {
    if (depth == permutation.length) {
      return lost(found, old, permutation);
    }
    int best = Integer.MAX_VALUE;
    for (int candidate = 0; candidate < permutation.length; candidate++) {
      int chosen = candidate;
      if (Arrays.stream(permutation, 0, depth).noneMatch(other -> other == chosen)) {
        permutation[depth] = candidate;
        best = Math.min(best, least(found, old, permutation, depth + 1));
      }
    }
    return best;
  }
}
