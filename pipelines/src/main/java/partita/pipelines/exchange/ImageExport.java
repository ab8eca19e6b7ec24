package partita.pipelines.exchange;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import partita.schemas.table.Column;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;

/**
 * Images of a table as PNG files. A file is named for the image's id and nothing else, so no name
 * out of the data becomes a path; labels are in a CSV file beside the folder.
 */
final class ImageExport {
  private ImageExport() {}

  /**
   * Writes all images, one in memory at a time; the result is their number.
   *
   * @param reader an {@link ImageTable} or a {@link SampleTable}
   * @param parent gets the folder {@code role} and the file {@code role.csv}
   */
  static long write(TableReader reader, Path parent, String role) throws IOException {
    Column pixels = reader.schema().column(ImageTable.PIXELS);
    List<Integer> shape = pixels.shape();
    if (shape.get(0) != 1 && shape.get(0) != 3) {
      throw new IOException(
          "Cannot export images of role %s: they have %d channels, expected 1 or 3"
              .formatted(role, shape.get(0)));
    }
    boolean sampled = reader.schema().name().equals(SampleTable.NAME);
    long[] ids = reader.longs(ImageTable.ID);
    int[] labels = reader.ints(ImageTable.LABEL);
    long[] instances = sampled ? reader.longs(SampleTable.INSTANCE) : new long[0];
    Path folder = Files.createDirectory(parent.resolve(role));
    byte[] image = new byte[pixels.rowBytes()];
    try (BufferedWriter csv = Files.newBufferedWriter(parent.resolve(role + ".csv"))) {
      csv.write(sampled ? "file,id,label,instance\n" : "file,id,label\n");
      for (int row = 0; row < ids.length; row++) {
        String name = "%08d.png".formatted(ids[row]);
        reader.read(ImageTable.PIXELS, row, 1, ByteBuffer.wrap(image));
        writePng(picture(image, shape.get(0), shape.get(1), shape.get(2)), folder.resolve(name));
        csv.write("%s,%d,%d".formatted(name, ids[row], labels[row]));
        csv.write(sampled ? "," + instances[row] + "\n" : "\n");
      }
    }
    return ids.length;
  }

  /** An image out of uint8 {@code [C, H, W]}, its values as they are. */
  private static BufferedImage picture(byte[] pixels, int channels, int height, int width) {
    int plane = height * width;
    if (channels == 1) {
      BufferedImage gray = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      gray.getRaster().setDataElements(0, 0, width, height, pixels);
      return gray;
    }
    int[] packed = new int[plane];
    for (int i = 0; i < plane; i++) {
      packed[i] =
          (pixels[i] & 0xFF) << 16 | (pixels[plane + i] & 0xFF) << 8 | pixels[2 * plane + i] & 0xFF;
    }
    BufferedImage color = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    color.getRaster().setDataElements(0, 0, width, height, packed);
    return color;
  }

  private static void writePng(BufferedImage image, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", png)) {
        throw new IOException("Cannot export images: this JVM has no PNG writer");
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "Cannot export images: two have the id of %s; the table is damaged"
              .formatted(file.getFileName()),
          e);
    }
  }
}
