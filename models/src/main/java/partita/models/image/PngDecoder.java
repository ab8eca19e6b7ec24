package partita.models.image;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The usual kind of PNG (8 bits a channel, gray or color with or without alpha, rows from the top;
 * W3C, "Portable Network Graphics (PNG) Specification", 2nd edition, sections 7 and 9), several
 * times as fast as the JDK's reader, which takes longer to set up than small images take to decode.
 * All other kinds, and whatever is broken, are left to that reader.
 */
final class PngDecoder {
  private static final int SIGNATURE_BYTES = 8;
  private static final int CHUNK_HEAD_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;
  private static final int HEADER_BYTES = 13;
  private static final int HEADER_CHUNK = 0x49484452; // IHDR
  private static final int DATA_CHUNK = 0x49444154; // IDAT

  /** Bits of the color type; the third tells of a palette. */
  private static final int COLOR_FLAG = 2;

  private static final int ALPHA_FLAG = 4;

  /** Deflate makes one byte of so many at best: a header that promises more is not believed. */
  private static final int MOST_DEFLATED = 1032;

  private final ByteBuffer content;
  private final int height;
  private final int width;

  /** Channels of a pixel, without and with alpha. */
  private final int colors;

  private final int samples;

  private PngDecoder(ByteBuffer content, int height, int width, int colorType) {
    this.content = content;
    this.height = height;
    this.width = width;
    this.colors = (colorType & COLOR_FLAG) == 0 ? 1 : 3;
    this.samples = colors + ((colorType & ALPHA_FLAG) == 0 ? 0 : 1);
  }

  /** The picture of a PNG file, if it is of the usual kind and whole; alpha is dropped. */
  static Optional<Image> decode(byte[] file) {
    ByteBuffer content = ByteBuffer.wrap(file);
    int start = SIGNATURE_BYTES + CHUNK_HEAD_BYTES;
    if (file.length < start + HEADER_BYTES
        || content.getInt(SIGNATURE_BYTES) != HEADER_BYTES
        || content.getInt(SIGNATURE_BYTES + Integer.BYTES) != HEADER_CHUNK) {
      return Optional.empty();
    }
    int width = content.getInt(start);
    int height = content.getInt(start + 4);
    int colorType = content.get(start + 9);
    // Behind the color type: deflate, the five filters, no interlacing, each as 0.
    boolean usual =
        content.get(start + 8) == Byte.SIZE
            && (colorType & ~(COLOR_FLAG | ALPHA_FLAG)) == 0
            && (content.get(start + 10) | content.get(start + 11) | content.get(start + 12)) == 0;
    boolean sized = width > 0 && height > 0 && (long) width * height <= ImageDecoder.MAX_PIXELS;
    if (!usual || !sized) {
      return Optional.empty();
    }
    return new PngDecoder(content, height, width, colorType).image();
  }

  private Optional<Image> image() {
    long bytes = (1L + (long) width * samples) * height;
    if (bytes > (long) content.capacity() * MOST_DEFLATED || bytes > Integer.MAX_VALUE - 8) {
      return Optional.empty();
    }
    byte[] lines = new byte[(int) bytes];
    return inflate(lines) && unfilter(lines) ? Optional.of(planes(lines)) : Optional.empty();
  }

  /** Unpacks the data chunks, which follow each other; whether they fill the lines. */
  private boolean inflate(byte[] lines) {
    Inflater inflater = new Inflater();
    try {
      int filled = 0;
      int chunk = SIGNATURE_BYTES;
      while (chunk <= content.capacity() - CHUNK_HEAD_BYTES) {
        int length = content.getInt(chunk);
        int data = chunk + CHUNK_HEAD_BYTES;
        if (length < 0 || length > content.capacity() - data) {
          return false;
        }
        if (content.getInt(chunk + Integer.BYTES) == DATA_CHUNK) {
          inflater.setInput(content.array(), data, length);
          int found = 1;
          while (found > 0 && filled < lines.length) {
            found = inflater.inflate(lines, filled, lines.length - filled);
            filled += found;
          }
          if (filled == lines.length) {
            return true;
          }
        }
        chunk = data + length + CHECKSUM_BYTES;
      }
      return false;
    } catch (DataFormatException e) {
      return false; // the JDK's reader says what is wrong
    } finally {
      inflater.end();
    }
  }

  /** Takes the prediction of each byte from its neighbors back; whether all filters are known. */
  private boolean unfilter(byte[] lines) {
    int stride = width * samples;
    for (int y = 0, start = 1; y < height; y++, start += stride + 1) {
      int filter = lines[start - 1];
      if (filter < 0 || filter > 4) {
        return false;
      }
      for (int i = start; filter > 0 && i < start + stride; i++) {
        int left = i < start + samples ? 0 : lines[i - samples] & 0xFF;
        int above = y == 0 ? 0 : lines[i - stride - 1] & 0xFF;
        int corner = y == 0 || i < start + samples ? 0 : lines[i - stride - 1 - samples] & 0xFF;
        lines[i] += (byte) predicted(filter, left, above, corner);
      }
    }
    return true;
  }

  private static int predicted(int filter, int left, int above, int corner) {
    return switch (filter) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> (left + above) / 2;
      default -> paeth(left, above, corner);
    };
  }

  /** Whichever of the three is nearest to left + above - corner, in this order. */
  private static int paeth(int left, int above, int corner) {
    int byLeft = Math.abs(above - corner);
    int byAbove = Math.abs(left - corner);
    int byCorner = Math.abs(left + above - 2 * corner);
    if (byLeft <= byAbove && byLeft <= byCorner) {
      return left;
    }
    return byAbove <= byCorner ? above : corner;
  }

  private Image planes(byte[] lines) {
    byte[] pixels = new byte[colors * height * width];
    int stride = 1 + width * samples;
    for (int channel = 0; channel < colors; channel++) {
      for (int y = 0; y < height; y++) {
        int from = y * stride + 1 + channel;
        int to = (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          pixels[to + x] = lines[from + x * samples];
        }
      }
    }
    return new Image(colors, height, width, pixels);
  }
}
