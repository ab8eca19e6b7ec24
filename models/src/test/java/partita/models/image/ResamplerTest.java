package partita.models.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResamplerTest {

  @Test
  void everyFilterGivesThePixelsOfPilUpAndDown() throws IOException {
    int compared = 0;
    for (Golden golden : Golden.all()) {
      int slash = golden.name().indexOf('/');
      if (slash > 0) {
        Image source = Golden.image(golden.name().substring(0, slash));
        Filter filter = Filter.valueOf(golden.name().substring(slash + 1));
        Image expected = golden.image();
        Image actual = Resampler.resize(source, expected.height(), expected.width(), filter);
        Golden.assertClose(
            expected, actual, 0, golden.name() + " " + expected.height() + "x" + expected.width());
        compared++;
      }
    }
    assertEquals(40, compared);
  }

  @Test
  void flatImagesStayFlatWithNegativeLobesToo() {
    byte[] pixels = new byte[31 * 17];
    Arrays.fill(pixels, (byte) 255);
    Image resized = Resampler.resize(new Image(1, 31, 17, pixels), 12, 40, Filter.LANCZOS);
    for (byte pixel : resized.pixels()) {
      assertEquals((byte) 255, pixel);
    }
  }

  @Test
  void anImageOfTheRightSizeIsReturnedAsItIs() {
    Image image = new Image(1, 2, 2, new byte[4]);
    assertSame(image, Resampler.resize(image, 2, 2, Filter.BICUBIC));
  }
}
