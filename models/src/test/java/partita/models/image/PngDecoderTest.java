package partita.models.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngDecoderTest {
  private static final int HEIGHT = 11;
  private static final int WIDTH = 6;

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "gray.png", "alpha.png", "gray-alpha.png"})
  void theUsualKindsGiveThePixelsOfPil(String file) throws IOException {
    Image found = PngDecoder.decode(Golden.content(file)).orElseThrow();
    Golden.assertClose(Golden.image(file), found, 0, file);
  }

  /** Color types of the specification, with all five filters in turn, in two data chunks. */
  @ParameterizedTest
  @CsvSource({"0, 1, 1", "2, 3, 3", "4, 2, 1", "6, 4, 3"})
  void everyFilterIsTakenBack(int colorType, int samples, int channels) throws IOException {
    int[][] lines = lines(samples);
    Image found = PngDecoder.decode(file(colorType, filtered(lines, samples))).orElseThrow();
    assertEquals(channels, found.channels());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int channel = 0; channel < channels; channel++) {
          assertEquals(lines[y][x * samples + channel], found.value(channel, y, x));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"palette.png", "bilevel.png", "rgb-16.png", "rgb.jpg"})
  void otherKindsAreLeftToTheReader(String file) throws IOException {
    assertEquals(Optional.empty(), PngDecoder.decode(Golden.content(file)));
  }

  @Test
  void whatIsBrokenIsLeftToTheReader() throws IOException {
    byte[] lines = filtered(lines(3), 3);
    byte[] whole = file(2, lines);
    for (int length = 0; length < whole.length - 16; length++) {
      assertEquals(Optional.empty(), PngDecoder.decode(Arrays.copyOf(whole, length)));
    }
    lines[0] = 5;
    assertTrue(PngDecoder.decode(file(2, lines)).isEmpty(), "there is no filter 5");
    byte[] interlaced = whole.clone();
    interlaced[28] = 1;
    assertTrue(PngDecoder.decode(interlaced).isEmpty());
    byte[] damaged = whole.clone();
    damaged[41] = (byte) 0xFF;
    assertTrue(PngDecoder.decode(damaged).isEmpty(), "the data are no deflate stream");
  }

  /** A header that promises 400 MB in a file of some hundred bytes reserves nothing. */
  @Test
  void aBombIsLeftToTheReader() throws IOException {
    byte[] bomb = file(2, filtered(lines(3), 3));
    ByteBuffer.wrap(bomb).putInt(16, 12_000).putInt(20, 12_000);
    assertEquals(Optional.empty(), PngDecoder.decode(bomb));
  }

  private static int[][] lines(int samples) {
    int[][] lines = new int[HEIGHT][WIDTH * samples];
    for (int y = 0; y < HEIGHT; y++) {
      for (int i = 0; i < WIDTH * samples; i++) {
        lines[y][i] = (i * i * 37 + y * 91 + i * y * 53) & 0xFF;
      }
    }
    return lines;
  }

  /** Section 9 of the specification: each line after the number of its filter. */
  private static byte[] filtered(int[][] lines, int samples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int y = 0; y < HEIGHT; y++) {
      out.write(y % 5);
      for (int i = 0; i < WIDTH * samples; i++) {
        int a = i < samples ? 0 : lines[y][i - samples];
        int b = y == 0 ? 0 : lines[y - 1][i];
        int c = i < samples || y == 0 ? 0 : lines[y - 1][i - samples];
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        int nearest = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
        int[] predictions = {0, a, b, (a + b) / 2, nearest};
        out.write(lines[y][i] - predictions[y % 5]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] file(int colorType, byte[] filtered) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(filtered);
    }
    byte[] data = packed.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] header = {0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, 8, (byte) colorType, 0, 0, 0};
    chunk(out, "IHDR", header);
    chunk(out, "IDAT", Arrays.copyOf(data, 10));
    chunk(out, "IDAT", Arrays.copyOfRange(data, 10, data.length));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** The checksum is not looked at. */
  private static void chunk(ByteArrayOutputStream out, String name, byte[] data) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(data);
    out.writeBytes(new byte[4]);
  }
}
