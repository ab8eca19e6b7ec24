package partita.pipelines.report;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes tiles of pixels as the tables hold them. */
final class PngTile {
  private PngTile() {}

  /**
   * Encodes one image.
   *
   * @param pixels uint8 {@code [C, H, W]}, C = 1 gray or 3 RGB
   * @param longestEdge the image is reduced by averaging square blocks until neither edge is longer
   */
  static ReportModel.Tile of(
      ReportModel.Origin origin,
      String label,
      byte[] pixels,
      int channels,
      int height,
      int width,
      int longestEdge) {
    if ((channels != 1 && channels != 3) || pixels.length != channels * height * width) {
      throw new IllegalArgumentException(
          "Cannot show an image of %d bytes as [%d, %d, %d]: expected 1 or 3 channels and as many bytes"
              .formatted(pixels.length, channels, height, width));
    }
    int block = Math.max(1, (Math.max(height, width) + longestEdge - 1) / longestEdge);
    int rows = Math.max(1, height / block);
    int columns = Math.max(1, width / block);
    BufferedImage image =
        new BufferedImage(
            columns,
            rows,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    WritableRaster raster = image.getRaster();
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          int start = (c * height + y * block) * width + x * block;
          raster.setSample(
              x, y, c, mean(pixels, start, width, block, height - y * block, width - x * block));
        }
      }
    }
    return new ReportModel.Tile(origin, label, encode(image), columns, rows);
  }

  private static int mean(byte[] pixels, int start, int stride, int block, int below, int right) {
    int high = Math.min(block, below);
    int wide = Math.min(block, right);
    int sum = 0;
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        sum += pixels[start + y * stride + x] & 0xff;
      }
    }
    return (sum + high * wide / 2) / (high * wide);
  }

  private static String encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("Cannot show images: this JVM has no PNG writer");
      }
    } catch (IOException e) {
      throw new IllegalStateException("Cannot encode an image in memory", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
