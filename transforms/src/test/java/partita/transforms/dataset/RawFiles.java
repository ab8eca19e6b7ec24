package partita.transforms.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Writes small raw data sets as their publishers lay them out. */
final class RawFiles {

  private RawFiles() {}

  /** Four IDX files of 4 x 3 images: pixel value and label both follow from the index. */
  static Path idx(Path folder, int train, int validation, boolean gzip) throws IOException {
    Files.createDirectories(folder);
    String end = gzip ? ".gz" : "";
    write(folder.resolve("train-images-idx3-ubyte" + end), idxImages(train, 0), gzip);
    write(folder.resolve("train-labels-idx1-ubyte" + end), idxLabels(train), gzip);
    write(folder.resolve("t10k-images-idx3-ubyte" + end), idxImages(validation, 100), gzip);
    write(folder.resolve("t10k-labels-idx1-ubyte" + end), idxLabels(validation), gzip);
    return folder;
  }

  static byte[] idxImages(int count, int base) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int header : new int[] {0x803, count, 4, 3}) {
      out.writeInt(header);
    }
    for (int i = 0; i < count * 12; i++) {
      out.write(base + i / 12);
    }
    return bytes.toByteArray();
  }

  static byte[] idxLabels(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x801);
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.write(i % 10);
    }
    return bytes.toByteArray();
  }

  static void write(Path file, byte[] content, boolean gzip) throws IOException {
    try (OutputStream out =
        gzip ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
      out.write(content);
    }
  }

  /** CIFAR-10 batches of two records each; record {@code r} of the whole has label r % 10. */
  static Path cifar(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> names =
        List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");
    for (int i = 0; i < names.size(); i++) {
      byte[] content = new byte[2 * 3073];
      for (int record = 0; record < 2; record++) {
        int number = 2 * i + record;
        content[record * 3073] = (byte) (number % 10);
        java.util.Arrays.fill(
            content, record * 3073 + 1, (record + 1) * 3073, (byte) (number * 20));
      }
      Files.write(folder.resolve(names.get(i)), content);
    }
    return folder;
  }

  /** A PNG of 6 x 4 pixels of one color, under any name. */
  static void image(Path file, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 24; i++) {
      image.setRGB(i % 6, i / 6, rgb);
    }
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(image, "png", out);
    }
  }
}
