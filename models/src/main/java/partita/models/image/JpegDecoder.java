package partita.models.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import partita.models.image.JpegHeader.Space;

/**
 * Turns a JPEG's components into gray or RGB. {@code javax.imageio} decodes the raster only: its
 * own color conversion refuses CMYK and guesses the space of unmarked files by other rules than
 * libjpeg. CMYK becomes RGB without a profile, as in PIL.
 */
final class JpegDecoder {
  // YCbCr of JFIF in 16-bit fixed point.
  private static final int CR_TO_RED = fixed(1.40200);
  private static final int CB_TO_BLUE = fixed(1.77200);
  private static final int CR_TO_GREEN = fixed(0.71414);
  private static final int CB_TO_GREEN = fixed(0.34414);
  private static final int HALF = 1 << 15;

  private JpegDecoder() {}

  static Image decode(ImageReader reader, JpegHeader header) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    Raster raster = reader.readRaster(0, null);
    for (String warning : warnings) {
      if (warning.contains("premature end")) {
        throw new IOException("Cannot decode JPEG: " + warning + "; is it cut short?");
      }
    }
    int height = raster.getHeight();
    int width = raster.getWidth();
    int channels = header.space() == Space.GRAY ? 1 : 3;
    byte[] pixels = new byte[channels * height * width];
    int components = raster.getNumBands();
    int[] line = new int[width * components];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, line);
      convert(header, line, components);
      for (int channel = 0; channel < channels; channel++) {
        int to = (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          pixels[to + x] = (byte) line[x * components + channel];
        }
      }
    }
    return new Image(channels, height, width, pixels);
  }

  /** Puts gray or red, green and blue in the place of each pixel's first components. */
  private static void convert(JpegHeader header, int[] line, int components) {
    switch (header.space()) {
      case GRAY, RGB -> {}
      case YCBCR -> fromYcbcr(line, components);
      case CMYK -> fromInk(line, header.adobe());
      case YCCK -> {
        fromYcbcr(line, components);
        for (int i = 0; i < line.length; i++) {
          line[i] = i % 4 == 3 ? line[i] : 255 - line[i]; // YCCK holds the complement of CMY
        }
        fromInk(line, header.adobe());
      }
    }
  }

  private static void fromYcbcr(int[] line, int components) {
    for (int at = 0; at < line.length; at += components) {
      int y = line[at];
      int cb = line[at + 1] - 128;
      int cr = line[at + 2] - 128;
      line[at] = clip(y + ((CR_TO_RED * cr + HALF) >> 16));
      line[at + 1] = clip(y + ((-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF) >> 16));
      line[at + 2] = clip(y + ((CB_TO_BLUE * cb + HALF) >> 16));
    }
  }

  /** Replaces cyan, magenta, yellow by red, green, blue; 255 is full ink. */
  private static void fromInk(int[] line, boolean inverted) {
    for (int at = 0; at < line.length; at += 4) {
      int paper = inverted ? line[at + 3] : 255 - line[at + 3];
      for (int i = at; i < at + 3; i++) {
        int ink = inverted ? 255 - line[i] : line[i];
        int product = ink * paper + 128;
        line[i] = clip(paper - ((product + (product >> 8)) >> 8)); // product / 255, rounded
      }
    }
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << 16) + 0.5);
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
