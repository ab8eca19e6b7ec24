package partita.models.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG, JPEG, GIF (first frame) and BMP into the bytes that PIL's {@code convert("RGB")} (or
 * {@code "L"} for gray) gives: alpha is dropped, not composited; EXIF orientation and color
 * profiles are ignored; palettes are looked up. 16 bits a channel keep their high byte (PIL clips
 * 16-bit gray at 255 instead, which no data set wants).
 */
public final class ImageDecoder {
  /** PIL refuses images beyond this many pixels as decompression bombs; so does this decoder. */
  public static final long MAX_PIXELS = 178_956_970;

  private ImageDecoder() {}

  /**
   * Decodes a file's content; the result has 1 channel when the picture is stored gray, else 3.
   *
   * @throws IOException when the format is unknown or the content broken or cut short
   */
  public static Image decode(byte[] content) throws IOException {
    ImageFormat format = ImageFormat.of(content).orElseThrow(() -> unknown(content));
    Optional<Image> usual =
        format == ImageFormat.PNG ? PngDecoder.decode(content) : Optional.empty();
    if (usual.isPresent()) {
      return usual.get();
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.reader()).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MAX_PIXELS) {
        throw new IOException(
            "Cannot decode %s: %d pixels, expected at most %d"
                .formatted(format, pixels, MAX_PIXELS));
      }
      return format == ImageFormat.JPEG
          ? JpegDecoder.decode(reader, JpegHeader.parse(content))
          : planes(reader.read(0));
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException e) {
      // The JDK's readers answer broken content with whatever they trip over.
      throw new IOException("Cannot decode %s: %s".formatted(format, e), e);
    } finally {
      reader.dispose();
    }
  }

  private static IOException unknown(byte[] content) {
    if (content.length == 0) {
      return new IOException("Cannot decode image: the file is empty");
    }
    String start = HexFormat.of().formatHex(content, 0, Math.min(8, content.length));
    return new IOException(
        "Cannot decode image: it begins with bytes "
            + start
            + ", expected PNG, JPEG, GIF or BMP; convert it to one of these");
  }

  private static Image planes(BufferedImage image) throws IOException {
    ColorModel colors = image.getColorModel();
    if (colors instanceof IndexColorModel palette) {
      return lookUp(image.getRaster(), palette);
    }
    // Alpha comes last where there is any, so the first bands are the color.
    return bands(image.getRaster(), colors.getNumColorComponents());
  }

  private static Image bands(Raster raster, int channels) throws IOException {
    if (channels != 1 && channels != 3) {
      throw new IOException(
          "Cannot decode image: " + channels + " color channels, expected 1 or 3");
    }
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] pixels = new byte[channels * height * width];
    int[] line = new int[width];
    for (int channel = 0; channel < channels; channel++) {
      int bits = raster.getSampleModel().getSampleSize(channel);
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, channel, line);
        for (int x = 0; x < width; x++) {
          pixels[(channel * height + y) * width + x] = (byte) toByte(line[x], bits);
        }
      }
    }
    return new Image(channels, height, width, pixels);
  }

  private static int toByte(int sample, int bits) {
    if (bits >= 8) {
      return sample >> (bits - 8);
    }
    int top = (1 << bits) - 1;
    return (sample * 255 + top / 2) / top;
  }

  private static Image lookUp(Raster raster, IndexColorModel palette) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    boolean gray = true;
    for (int color : colors) {
      gray &= (color >> 16 & 0xFF) == (color & 0xFF) && (color >> 8 & 0xFF) == (color & 0xFF);
    }
    int channels = gray ? 1 : 3;
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] pixels = new byte[channels * height * width];
    int[] line = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, line);
      for (int x = 0; x < width; x++) {
        int color = colors[Math.min(line[x], colors.length - 1)];
        for (int channel = 0; channel < channels; channel++) {
          pixels[(channel * height + y) * width + x] = (byte) (color >> (16 - 8 * channel));
        }
      }
    }
    return new Image(channels, height, width, pixels);
  }
}
