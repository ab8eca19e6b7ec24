package partita.models.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PreparationTest {

  @Test
  void cropTakesTheCenteredSquareOfTheShortEdge() {
    Image image = new Image(1, 2, 5, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    Image square = new Preparation(2, 1, SquareFit.CROP, Filter.BILINEAR).apply(image);
    assertArrayEquals(new byte[] {1, 2, 6, 7}, square.pixels());
  }

  @Test
  void squashKeepsTheWholeImage() {
    Image image = new Image(1, 1, 4, new byte[] {0, 10, 100, 110});
    Image square = new Preparation(1, 1, SquareFit.SQUASH, Filter.BOX).apply(image);
    assertArrayEquals(new byte[] {55}, square.pixels());
  }

  @Test
  void channelsOtherThanOneAndThreeAreRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Preparation.icGan(32, 4));
    assertEquals(
        "Cannot hold an image of 4 channels: expected 1 (gray) or 3 (red, green, blue)",
        error.getMessage());
  }
}
