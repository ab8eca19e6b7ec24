package partita.models.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PreparationTest {

  /**
   * Every filter, both fits, up and down, odd differences of the edges, long images, and files with
   * alpha, palette and 16 bits. Alpha is dropped before anything is resampled, as the official code
   * converts to RGB when it reads; PIL would weight colors by alpha only if it were kept.
   */
  @Test
  void preparedImagesAreThoseOfTheOfficialCode() throws IOException {
    int compared = 0;
    for (Golden golden : Golden.all()) {
      String[] name = golden.name().split("\\|");
      if (name.length == 3) {
        Image expected = golden.image();
        SquareFit fit = SquareFit.valueOf(name[1]);
        Filter filter = Filter.valueOf(name[2]);
        Preparation preparation =
            new Preparation(expected.width(), expected.channels(), fit, filter);
        Golden.assertClose(expected, preparation.apply(source(name[0])), 0, golden.name());
        compared++;
      }
    }
    assertEquals(66, compared);
  }

  private static Image source(String name) throws IOException {
    return name.contains(".") ? ImageDecoder.decode(Golden.content(name)) : Golden.image(name);
  }

  @Test
  void cropTakesTheCenteredSquareOfTheShortEdge() {
    Image image = new Image(1, 2, 5, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    Image square = new Preparation(2, 1, SquareFit.CROP, Filter.BILINEAR).apply(image);
    // A margin of 1.5 is rounded to 2.
    assertArrayEquals(new byte[] {2, 3, 7, 8}, square.pixels());
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
