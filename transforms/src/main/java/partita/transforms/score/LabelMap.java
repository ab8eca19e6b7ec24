package partita.transforms.score;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import partita.models.image.ImageHeader;
import partita.transforms.dataset.DatasetException;

/**
 * The class of each pixel of an image.
 *
 * @param name what the map is called in messages
 * @param labels {@code [H * W]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LabelMap(String name, int height, int width, int[] labels) {
  /** Value of a pixel without class in an 8-bit map, unless there is such a class. */
  static final int UNLABELED = 255;

  /** First byte of a PNG file. */
  private static final int PNG = 0x89;

  /**
   * Reads a PNG file of one channel, gray (to 16 bits) or with a palette: the value of a pixel, or
   * its index in the palette, is its class.
   *
   * @throws DatasetException when it is anything else; names the file
   */
  static LabelMap read(Path file) {
    try {
      header(file);
      BufferedImage image = ImageIO.read(file.toFile());
      Raster raster = image.getRaster();
      if (raster.getNumBands() != 1) {
        throw new IOException(
            "it has %d channels, expected one, whose values are classes"
                .formatted(raster.getNumBands()));
      }
      int[] labels = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
      return new LabelMap(file.toString(), image.getHeight(), image.getWidth(), labels);
    } catch (IOException | RuntimeException e) {
      // The JDK's reader answers broken content with whatever it trips over.
      throw new DatasetException("Cannot read label map %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The size of a map.
   *
   * @throws IOException when it is no PNG file, or too large
   */
  static ImageHeader header(Path file) throws IOException {
    ImageHeader header = ImageHeader.read(file);
    try (InputStream in = Files.newInputStream(file)) {
      if (in.read() != PNG) {
        throw new IOException("it is JPEG, which does not keep values exactly; expected PNG");
      }
    }
    return header;
  }

  /**
   * Refuses classes that do not exist.
   *
   * @param unlabeled whether pixels may have none
   */
  LabelMap within(int classes, boolean unlabeled) {
    for (int i = 0; i < labels.length; i++) {
      boolean none = unlabeled && labels[i] == UNLABELED;
      if (labels[i] >= classes && !none) {
        throw new DatasetException(
            "Cannot use label map %s: pixel (%d, %d) is of class %d, expected 0 to %d%s"
                .formatted(
                    name,
                    i % width,
                    i / width,
                    labels[i],
                    classes - 1,
                    unlabeled ? ", or 255 for none" : ""));
      }
    }
    return this;
  }
}
