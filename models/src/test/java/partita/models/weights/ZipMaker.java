package partita.models.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip archives that no honest tool would: every field says what the test wants. */
final class ZipMaker {
  private final ByteArrayOutputStream files = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int entries;

  ZipMaker stored(String name, byte[] content) {
    return entry(name, name, 0, content, crc(content), content.length);
  }

  ZipMaker deflated(String name, byte[] content, int claimedSize) {
    return entry(name, name, 8, deflate(content), crc(content), claimedSize);
  }

  ZipMaker entry(
      String name, String localName, int method, byte[] packed, int crc, int claimedSize) {
    int header = files.size();
    files.writeBytes(
        fields(0x04034b50, 30, localName, method, crc, packed.length, claimedSize, 4).array());
    files.writeBytes(localName.getBytes(StandardCharsets.UTF_8));
    files.writeBytes(packed);
    listed(name, header, method, crc, packed.length, claimedSize);
    return this;
  }

  /** A line of the directory alone. */
  ZipMaker listed(String name, int header, int method, int crc, int packed, int size) {
    ByteBuffer central = fields(0x02014b50, 46, name, method, crc, packed, size, 6);
    directory.writeBytes(central.putInt(42, header).array());
    directory.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    entries++;
    return this;
  }

  private static ByteBuffer fields(
      int signature, int bytes, String name, int method, int crc, int packed, int size, int at) {
    ByteBuffer fields = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(0, signature).putShort(at + 4, (short) method).putInt(at + 10, crc);
    fields.putInt(at + 14, packed).putInt(at + 18, size);
    return fields.putShort(at + 22, (short) name.getBytes(StandardCharsets.UTF_8).length);
  }

  byte[] bytes() {
    ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(0x06054b50).putInt(0).putShort((short) entries).putShort((short) entries);
    end.putInt(directory.size()).putInt(files.size());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(files.toByteArray());
    all.writeBytes(directory.toByteArray());
    all.writeBytes(end.array());
    return all.toByteArray();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }
}
