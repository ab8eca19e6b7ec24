package partita.models.neighbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;

class NeighborGraphTest {
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
    NeighborLists found = graph(new ArrayRows(features, WIDTH), similarity, k, 96);
    assertEquals(rows, found.rows());
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
      NeighborLists found = graph(new ArrayRows(values, 8), similarity, 4, 64);
      assertArrayEquals(new int[] {1, 2, 3, 4}, found.ids(0));
      assertArrayEquals(new int[] {0, 1, 3, 4}, found.ids(2));
      assertArrayEquals(new int[] {0, 1, 2, 3}, found.ids(299));
      assertEquals(similarity == Similarity.COSINE ? 1 : 0, found.similarities()[0], 1e-6);
    }
  }

  @Test
  void duplicatesAreNeighborsInOrderOfIndexWhateverTheirBlocks() {
    float[] values = random(500 * 24);
    for (int copy = 1; copy < 5; copy++) {
      System.arraycopy(values, 0, values, copy * 97 * 24, 24);
    }
    for (int blockRows : new int[] {33, 64, 200, 500}) {
      NeighborLists found = graph(new ArrayRows(values, 24), Similarity.COSINE, 4, blockRows);
      assertArrayEquals(new int[] {97, 194, 291, 388}, found.ids(0));
      assertArrayEquals(new int[] {0, 97, 291, 388}, found.ids(194));
    }
  }

  @Test
  void theGraphEqualsASearchQueryByQuery() {
    RowSource rows = new ArrayRows(random(2500 * 20), 20);
    for (Similarity similarity : Similarity.values()) {
      NeighborLists expected =
          ExactNeighbors.between(rows, rows, similarity, 8, 700, 1100).search(0, 2500);
      for (int blockRows : new int[] {2500, 900, 130}) {
        NeighborLists found = graph(rows, similarity, 7, blockRows);
        for (int row = 0; row < 2500; row++) {
          int self = row;
          assertArrayEquals(
              Arrays.stream(expected.ids(row)).filter(id -> id != self).toArray(), found.ids(row));
        }
      }
    }
  }

  @Test
  void bothRowsOfAPairSeeTheSameSimilarity() {
    NeighborLists found = graph(new ArrayRows(random(90 * 5), 5), Similarity.COSINE, 89, 20);
    float[][] table = new float[90][90];
    for (int i = 0; i < found.ids().length; i++) {
      table[i / 89][found.ids()[i]] = found.similarities()[i];
    }
    for (int a = 0; a < 90; a++) {
      for (int b = 0; b < a; b++) {
        assertEquals(table[a][b], table[b][a], 0);
      }
    }
  }

  @Test
  void threadsDoNotChangeABit() throws InterruptedException {
    RowSource rows = new ArrayRows(random(700 * 20), 20);
    NeighborLists one = NeighborGraph.of(rows, Similarity.COSINE, 7, 60, 1);
    NeighborLists three = NeighborGraph.of(rows, Similarity.COSINE, 7, 60, 3);
    assertArrayEquals(one.ids(), three.ids());
    assertArrayEquals(one.similarities(), three.similarities());
  }

  @Test
  void aZeroRowHasSimilarityZeroToEveryRow() {
    float[] values = {1, 0, 0, 0, 0, 1, 1, 1};
    NeighborLists found = graph(new ArrayRows(values, 2), Similarity.COSINE, 3, 16);
    assertArrayEquals(new int[] {0, 2, 3}, found.ids(1));
    assertArrayEquals(new float[3], Arrays.copyOfRange(found.similarities(), 3, 6));
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
                () -> graph(new ArrayRows(values, 4), similarity, 3, 16));
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
            () -> graph(new ArrayRows(values, 4), Similarity.EUCLIDEAN, 2, 16));
    assertTrue(error.getMessage().contains("overflow"), error.getMessage());
  }

  private static NeighborLists graph(RowSource rows, Similarity similarity, int k, int blockRows) {
    try {
      return NeighborGraph.of(rows, similarity, k, blockRows, 2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] random(int count) {
    float[] values = new float[count];
    new CounterRandom(5, "rows").normals(0, 0, values, 0, count);
    return values;
  }
}
