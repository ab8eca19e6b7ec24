package partita.models.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class RowSourceTest {
  private final RowSource rows = new ArrayRows(new float[] {3, 4, 0, 0, 1, 0, 0, 2}, 2);

  @Test
  void normalizedRowsHaveLengthOneAndZeroRowsStayZero() {
    assertArrayEquals(
        new float[] {0.6f, 0.8f, 0, 0, 1, 0, 0, 1}, read(new NormalizedRows(rows), 0, 4), 1e-7f);
  }

  @Test
  void selectedRowsComeInTheGivenOrderAndMayRepeat() {
    RowSource selected = new SelectedRows(rows, new int[] {2, 3, 0, 0});
    assertArrayEquals(new float[] {1, 0, 0, 2, 3, 4, 3, 4}, read(selected, 0, 4));
    assertArrayEquals(new float[] {0, 2, 3, 4}, read(selected, 1, 2));
  }

  @Test
  void aRowThatIsNotThereCannotBeSelected() {
    Exception error =
        assertThrows(
            IllegalArgumentException.class, () -> new SelectedRows(rows, new int[] {0, 4}));
    assertEquals("Cannot select row 4: the source has 4 rows", error.getMessage());
  }

  @Test
  void aValueThatIsNotFiniteIsNamedWithItsRow() {
    RowSource broken = new ArrayRows(new float[] {1, 2, 3, 4, 5, Float.NaN}, 2);
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> read(new NormalizedRows(broken), 1, 2));
    assertEquals(
        "Cannot use row 2: value 1 is NaN, expected finite numbers; check the stage that wrote the rows",
        error.getMessage());
    try (RowTiles tiles = new RowTiles(1);
        RowTile tile = tiles.open(3, 2)) {
      assertThrows(IllegalArgumentException.class, () -> tile.load(broken, 0, 3));
    }
  }

  @Test
  void moreTilesThanAllowedAreRefusedUntilOneIsClosed() {
    try (RowTiles tiles = new RowTiles(2);
        RowTile first = tiles.open(4, 2)) {
      first.load(rows, 0, 4);
      tiles.open(4, 2).close();
      try (RowTile second = tiles.open(4, 2)) {
        second.load(rows, 2, 2);
        assertEquals(2, tiles.live());
        Exception error = assertThrows(IllegalStateException.class, () -> tiles.open(4, 2));
        assertEquals("Cannot open a tile: 2 are open, expected at most 2", error.getMessage());
      }
    }
  }

  private static float[] read(RowSource source, long row, int count) {
    float[] values = new float[count * source.width()];
    source.read(row, count, FloatBuffer.wrap(values));
    return values;
  }
}
