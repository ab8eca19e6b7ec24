package partita.infra.gcs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32C;

/** CRC32C as Cloud Storage writes it: four bytes, big-endian, in base64. */
final class Crc32c {
  private static final int CHUNK = 1 << 20;

  private Crc32c() {}

  static String of(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return text(crc);
  }

  static String of(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        crc.update(chunk, 0, length);
      }
    }
    return text(crc);
  }

  static String text(CRC32C crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
