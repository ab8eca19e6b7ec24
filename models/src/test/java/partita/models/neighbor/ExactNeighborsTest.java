package partita.models.neighbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;

class ExactNeighborsTest {

  @Test
  void queriesMayFindAnyRowOfTheDatabase() {
    RowSource database = new ArrayRows(new float[] {0, 0, 3, 0, 0, 5}, 2);
    RowSource queries = new ArrayRows(new float[] {3, 0, 0, 4}, 2);
    NeighborLists found =
        ExactNeighbors.between(queries, database, Similarity.EUCLIDEAN, 2, 8, 8).search(0, 2);
    assertArrayEquals(new int[] {1, 0, 2, 0}, found.ids());
    assertArrayEquals(new float[] {0, -9, -1, -16}, found.similarities());
  }

  @Test
  void rangesOfQueriesChangeNothing() {
    float[] values = new float[700 * 20];
    new CounterRandom(5, "rows").normals(0, 0, values, 0, values.length);
    RowSource rows = new ArrayRows(values, 20);
    ExactNeighbors search = ExactNeighbors.between(rows, rows, Similarity.COSINE, 7, 64, 100);
    NeighborLists whole = search.search(0, 700);
    for (int range = 6; range >= 0; range--) {
      NeighborLists part = search.search(range * 100L, 100);
      assertEquals(range * 100L, part.first());
      assertArrayEquals(
          Arrays.copyOfRange(whole.ids(), range * 700, (range + 1) * 700), part.ids());
    }
  }

  @Test
  void rowsThatCannotBeComparedAreRefused() {
    RowSource two = new ArrayRows(new float[4], 2);
    RowSource three = new ArrayRows(new float[9], 3);
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ExactNeighbors.between(two, three, Similarity.COSINE, 1, 8, 8));
    assertEquals(
        "Cannot compare rows: queries have 2 dimensions, the database 3; use one network for both",
        error.getMessage());
    error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ExactNeighbors.between(two, two, Similarity.COSINE, 3, 8, 8));
    assertEquals(
        "Cannot find 3 neighbors: 2 rows, expected at least k; lower k or add rows",
        error.getMessage());
  }
}
