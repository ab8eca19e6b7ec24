package partita.models.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What the head of a PNG or JPEG file says of the picture, read without decoding it.
 *
 * @param height rows
 * @param width columns
 * @param alpha whether the picture says how transparent it is: PNG with an alpha channel, or with a
 *     transparent color
 * @param bits bits of each channel of a pixel, 8 in JPEG
 */
public record ImageHeader(int height, int width, boolean alpha, int bits) {
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_CHUNK = 0x49484452; // IHDR
  private static final int TRANSPARENCY_CHUNK = 0x74524e53; // tRNS
  private static final int DATA_CHUNK = 0x49444154; // IDAT
  private static final int ALPHA_FLAG = 4; // of the color type

  /**
   * Reads the head of a file; what its name says plays no part.
   *
   * @throws IOException when the file is neither PNG nor JPEG, ends in its head, or claims more
   *     pixels than are decoded
   */
  public static ImageHeader read(Path file) throws IOException {
    ImageHeader header = look(file);
    long pixels = (long) header.height * header.width;
    if (pixels > ImageDecoder.MAX_PIXELS) {
      throw new IOException(
          "its head claims %,d pixels, expected at most %,d"
              .formatted(pixels, ImageDecoder.MAX_PIXELS));
    }
    return header;
  }

  private static ImageHeader look(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(SIGNATURE_BYTES);
    }
    if (start.length == 0) {
      throw new IOException("the file is empty");
    }
    Optional<ImageFormat> format = ImageFormat.of(start);
    if (format.equals(Optional.of(ImageFormat.PNG))) {
      return png(file);
    } else if (format.equals(Optional.of(ImageFormat.JPEG))) {
      return jpeg(file);
    }
    throw new IOException(
        format
            .map(other -> "it is %s, expected PNG or JPEG; convert it".formatted(other))
            .orElse("it is no image, expected PNG or JPEG; remove it or convert it"));
  }

  private static ImageHeader png(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(SIGNATURE_BYTES);
      int length = in.readInt();
      if (in.readInt() != HEADER_CHUNK) {
        throw new IOException("its PNG header is missing; get the file again");
      }
      int width = in.readInt();
      int height = in.readInt();
      int bits = in.readUnsignedByte();
      boolean alpha = (in.readUnsignedByte() & ALPHA_FLAG) != 0;
      in.skipNBytes(length - 10L + Integer.BYTES);
      if (width < 1 || height < 1) {
        throw new IOException("its PNG header says %d x %d pixels".formatted(width, height));
      }
      return new ImageHeader(height, width, alpha || transparentColor(in), bits);
    } catch (EOFException e) {
      throw new IOException("it is cut short", e);
    }
  }

  /** Whether a chunk before the pixels names transparent colors. */
  private static boolean transparentColor(DataInputStream in) throws IOException {
    while (true) {
      long length = Integer.toUnsignedLong(in.readInt());
      int chunk = in.readInt();
      if (chunk == TRANSPARENCY_CHUNK || chunk == DATA_CHUNK) {
        return chunk == TRANSPARENCY_CHUNK;
      }
      in.skipNBytes(length + Integer.BYTES);
    }
  }

  private static ImageHeader jpeg(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(ImageFormat.JPEG.reader()).next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in, true, true);
      return new ImageHeader(reader.getHeight(0), reader.getWidth(0), false, Byte.SIZE);
    } catch (RuntimeException e) {
      // The JDK's reader answers broken content with whatever it trips over.
      throw new IOException("its JPEG header is damaged: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }
}
