package partita.pipelines.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison with PIL's pixels, on pictures of one color each, which no filter changes. */
class DecodeBenchmarkTest {
  private static final int IMAGES = 100;
  private static final int VALUES = 28 * 28;

  @TempDir Path folder;

  @Test
  void onePixelThatIsAnotherIsAWrongAnswer() throws Exception {
    ByteArrayOutputStream files = new ByteArrayOutputStream();
    ByteBuffer lengths = ByteBuffer.allocate(IMAGES * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    byte[] pixels = new byte[IMAGES * 3 * VALUES];
    for (int i = 0; i < IMAGES; i++) {
      byte[] png = png(i << 16 | 2 * i << 8 | 200 - i);
      files.writeBytes(png);
      lengths.putLong(png.length);
      Arrays.fill(pixels, 3 * i * VALUES, (3 * i + 1) * VALUES, (byte) i);
      Arrays.fill(pixels, (3 * i + 1) * VALUES, (3 * i + 2) * VALUES, (byte) (2 * i));
      Arrays.fill(pixels, (3 * i + 2) * VALUES, (3 * i + 3) * VALUES, (byte) (200 - i));
    }
    dump("files", "uint8", files.toByteArray());
    dump("lengths", "int64", lengths.array());
    assertTrue(answer(pixels).agrees());
    pixels[pixels.length - 1]++;
    Answer wrong = answer(pixels);
    assertFalse(wrong.agrees());
    assertEquals("1 bytes are others than PIL's, at most 0", wrong.text());
  }

  private Answer answer(byte[] pixels) throws Exception {
    dump("pixels", "uint8", pixels);
    WorkOrder order = new WorkOrder("decode", folder.toString(), 1, Map.of("n", IMAGES), true);
    Measurement ours = new DecodeBenchmark().measure(order);
    return new DecodeBenchmark().compare(ours, ours);
  }

  private static byte[] png(int color) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    int[] colors = new int[32 * 32];
    Arrays.fill(colors, color);
    image.setRGB(0, 0, 32, 32, colors, 0, 32);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private void dump(String name, String dtype, byte[] values) throws IOException {
    Files.write(folder.resolve(name + ".bin"), values);
    Files.writeString(folder.resolve(name + ".json"), "{\"dtype\": \"" + dtype + "\"}");
  }
}
