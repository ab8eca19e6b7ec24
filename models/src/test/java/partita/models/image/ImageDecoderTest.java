package partita.models.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "gray.png",
        "alpha.png",
        "gray-alpha.png",
        "palette.png",
        "palette-transparent.png",
        "bilevel.png",
        "rgb-16.png",
        "gray-16.png",
        "rgb.bmp",
        "palette.gif"
      })
  void losslessFormatsGiveThePixelsOfPil(String file) throws IOException {
    Golden.assertClose(Golden.image(file), ImageDecoder.decode(Golden.content(file)), 0, file);
  }

  /** The JDK's libjpeg and Debian's libjpeg-turbo may round one level apart. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.jpg",
        "rgb-444.jpg",
        "rgb-progressive.jpg",
        "rgb-unmarked.jpg",
        "gray.jpg",
        "cmyk.jpg",
        "ycck.jpg"
      })
  void jpegsOfEveryColorSpaceGiveThePixelsOfPil(String file) throws IOException {
    Golden.assertClose(Golden.image(file), ImageDecoder.decode(Golden.content(file)), 1, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "rgb.jpg", "cmyk.jpg", "palette.gif", "rgb.bmp"})
  void aFileCutShortIsAnError(String file) throws IOException {
    byte[] whole = Golden.content(file);
    byte[] half = Arrays.copyOf(whole, whole.length / 2 + 200);
    assertThrows(IOException.class, () -> ImageDecoder.decode(half));
  }

  @Test
  void unknownContentSaysWhatItBeginsWithAndWhatIsExpected() {
    byte[] text = "not an image".getBytes(StandardCharsets.US_ASCII);
    IOException error = assertThrows(IOException.class, () -> ImageDecoder.decode(text));
    assertEquals(
        "Cannot decode image: it begins with bytes 6e6f7420616e2069, expected PNG, JPEG, GIF or"
            + " BMP; convert it to one of these",
        error.getMessage());
  }

  @Test
  void anEmptyFileSaysSo() {
    IOException error = assertThrows(IOException.class, () -> ImageDecoder.decode(new byte[0]));
    assertTrue(error.getMessage().contains("the file is empty"));
  }

  @Test
  void colorBecomesTheLumaOfPilAndGrayIsRepeated() throws IOException {
    Image luma = Golden.image("color").withChannels(1);
    Golden.assertClose(Golden.image("luma"), luma, 0, "luma");
    Image gray = luma.withChannels(3);
    assertEquals(luma.value(0, 3, 4), gray.value(0, 3, 4));
    assertEquals(luma.value(0, 3, 4), gray.value(2, 3, 4));
  }
}
