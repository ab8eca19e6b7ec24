package partita.models.neighbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;
import partita.models.row.RowTiles;

class ExactNeighborsTest {
  private static final int WIDTH = 16;

  @Test
  void cosineNeighborsEqualThoseOfFaiss() throws IOException {
    assertEqualsFaiss("cosine.10", Similarity.COSINE, 400, 10);
  }

  @Test
  void theNearestNeighborAloneEqualsThatOfFaiss() throws IOException {
    assertEqualsFaiss("cosine.1", Similarity.COSINE, 400, 1);
  }

  @Test
  void allOtherRowsAsNeighborsEqualThoseOfFaiss() throws IOException {
    assertEqualsFaiss("cosine.few.39", Similarity.COSINE, 40, 39);
  }

  @Test
  void euclideanNeighborsEqualThoseOfFaiss() throws IOException {
    assertEqualsFaiss("euclidean.10", Similarity.EUCLIDEAN, 400, 10);
  }

  /** Ids equal, or the similarity of our id equals faiss's at that position within rounding. */
  private static void assertEqualsFaiss(String name, Similarity similarity, int rows, int k)
      throws IOException {
    float[] features = Arrays.copyOf(Golden.floats("neighbor/features.bin"), rows * WIDTH);
    int[] ids = Golden.ints("neighbor/" + name + ".ids.bin");
    float[] scores = Golden.floats("neighbor/" + name + ".scores.bin");
    NeighborLists found = graph(new ArrayRows(features, WIDTH), similarity, k, 96).search(0, rows);
    assertEquals(rows, found.queries());
    for (int i = 0; i < ids.length; i++) {
      int query = i / k;
      double expected = similarity == Similarity.COSINE ? scores[i] : -scores[i];
      // Squared distances are differences of squared norms, so these set the rounding.
      double tolerance =
          similarity == Similarity.COSINE
              ? 1e-6
              : 1e-6 * (squaredNorm(features, query) + squaredNorm(features, ids[i]));
      assertEquals(expected, found.similarities()[i], tolerance);
      if (ids[i] != found.ids()[i]) {
        assertEquals(expected, exact(features, similarity, query, found.ids()[i]), tolerance);
      }
    }
  }

  private static double exact(float[] features, Similarity similarity, int a, int b) {
    double ab = dot(features, a, b);
    double aa = squaredNorm(features, a);
    double bb = squaredNorm(features, b);
    return similarity == Similarity.COSINE ? ab / Math.sqrt(aa * bb) : 2 * ab - aa - bb;
  }

  private static double squaredNorm(float[] features, int row) {
    return dot(features, row, row);
  }

  private static double dot(float[] features, int a, int b) {
    double sum = 0;
    for (int j = 0; j < WIDTH; j++) {
      sum += (double) features[a * WIDTH + j] * features[b * WIDTH + j];
    }
    return sum;
  }

  @Test
  void ofEqualRowsTheSmallerIndexComesFirstAndOnlyTheRowItselfIsLeftOut() {
    float[] values = new float[300 * 8];
    Arrays.fill(values, 1.5f);
    for (Similarity similarity : Similarity.values()) {
      NeighborLists found = graph(new ArrayRows(values, 8), similarity, 4, 64).search(0, 300);
      assertArrayEquals(new int[] {1, 2, 3, 4}, found.ids(0));
      assertArrayEquals(new int[] {0, 1, 3, 4}, found.ids(2));
      assertArrayEquals(new int[] {0, 1, 2, 3}, found.ids(299));
      assertEquals(similarity == Similarity.COSINE ? 1 : 0, found.similarities()[0], 1e-6);
    }
  }

  @Test
  void duplicatesAreNeighborsInOrderOfIndexWhereverTheyLieInATile() {
    float[] values = random(500 * 24);
    for (int copy = 1; copy < 5; copy++) {
      System.arraycopy(values, 0, values, copy * 97 * 24, 24);
    }
    for (int tileRows : new int[] {33, 64, 500}) {
      NeighborLists found =
          graph(new ArrayRows(values, 24), Similarity.COSINE, 4, tileRows).search(0, 500);
      assertArrayEquals(new int[] {97, 194, 291, 388}, found.ids(0));
      assertArrayEquals(new int[] {0, 97, 291, 388}, found.ids(194));
    }
  }

  @Test
  void neitherTilesNorTheOrderOfRangesChangeTheNeighbors() {
    RowSource rows = new ArrayRows(random(700 * 20), 20);
    NeighborLists whole = graph(rows, Similarity.COSINE, 7, 1024).search(0, 700);
    for (int tileRows : new int[] {16, 100, 256}) {
      for (int range = 6; range >= 0; range--) {
        NeighborLists part = graph(rows, Similarity.COSINE, 7, tileRows).search(range * 100L, 100);
        assertEquals(range * 100L, part.first());
        assertArrayEquals(
            Arrays.copyOfRange(whole.ids(), range * 700, (range + 1) * 700), part.ids());
      }
    }
  }

  @Test
  void aZeroRowHasSimilarityZeroToEveryRow() {
    float[] values = {1, 0, 0, 0, 0, 1, 1, 1};
    NeighborLists found = graph(new ArrayRows(values, 2), Similarity.COSINE, 3, 16).search(1, 1);
    assertArrayEquals(new int[] {0, 2, 3}, found.ids());
    assertArrayEquals(new float[3], found.similarities());
  }

  @Test
  void queriesFromElsewhereMayFindAnyRowOfTheDatabase() {
    RowSource database = new ArrayRows(new float[] {0, 0, 3, 0, 0, 5}, 2);
    RowSource queries = new ArrayRows(new float[] {3, 0, 0, 4}, 2);
    NeighborLists found =
        ExactNeighbors.between(queries, database, Similarity.EUCLIDEAN, 2, 8, 8).search(0, 2);
    assertArrayEquals(new int[] {1, 0, 2, 0}, found.ids());
    assertArrayEquals(new float[] {0, -9, -1, -16}, found.similarities());
  }

  @Test
  void searchLivesWithTwoTilesAndNotWithFewer() {
    RowSource rows = new ArrayRows(random(200 * 4), 4);
    ExactNeighbors graph = graph(rows, Similarity.COSINE, 3, 32);
    try (RowTiles two = new RowTiles(2)) {
      assertEquals(200, graph.search(0, 200, two).queries());
    }
    try (RowTiles one = new RowTiles(1)) {
      assertThrows(IllegalStateException.class, () -> graph.search(0, 200, one));
    }
  }

  @Test
  void moreNeighborsThanOtherRowsAreRefused() {
    RowSource rows = new ArrayRows(random(40 * 4), 4);
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> graph(rows, Similarity.COSINE, 50, 16));
    assertEquals(
        "Cannot find 50 neighbors: 40 rows, expected more than k; lower k or add rows",
        error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> graph(rows, Similarity.COSINE, 40, 16));
    assertThrows(IllegalArgumentException.class, () -> graph(rows, Similarity.COSINE, 0, 16));
  }

  @Test
  void aRowThatIsNotFiniteIsNamed() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] values = random(40 * 4);
      values[33 * 4 + 1] = bad;
      for (Similarity similarity : Similarity.values()) {
        Exception error =
            assertThrows(
                IllegalArgumentException.class,
                () -> graph(new ArrayRows(values, 4), similarity, 3, 16).search(0, 8));
        assertTrue(error.getMessage().contains("row 33: value 1 is " + bad), error.getMessage());
      }
    }
  }

  @Test
  void productsThatOverflowAreRefused() {
    float[] values = new float[40];
    Arrays.fill(values, 1e30f);
    Exception error =
        assertThrows(
            ArithmeticException.class,
            () -> graph(new ArrayRows(values, 4), Similarity.EUCLIDEAN, 2, 16).search(0, 10));
    assertTrue(error.getMessage().contains("overflow"), error.getMessage());
  }

  @Test
  void theBestCandidatesDoNotDependOnTheOrderOfOffers() {
    int[] order = new CounterRandom(3, "offers").permutation(200, 0);
    TopK best = new TopK(20);
    for (int id : order) {
      best.offer(id, id % 50);
    }
    int[] ids = new int[20];
    float[] scores = new float[20];
    best.drain(ids, scores, 0);
    assertArrayEquals(IntStream.range(0, 20).map(i -> 49 - i / 4 + 50 * (i % 4)).toArray(), ids);
    assertEquals(49, scores[0]);
    assertEquals(45, scores[19]);
  }

  private static ExactNeighbors graph(RowSource rows, Similarity similarity, int k, int tileRows) {
    return ExactNeighbors.graph(rows, similarity, k, tileRows, tileRows);
  }

  private static float[] random(int count) {
    float[] values = new float[count];
    new CounterRandom(5, "rows").normals(0, 0, values, 0, count);
    return values;
  }
}
