package partita.schemas.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files and bytes, as 64 hexadecimal digits. */
public final class Sha256 {
  private static final int CHUNK = 1 << 18;

  private Sha256() {}

  /** Digest of a file's bytes, read in one pass. */
  public static String of(Path file) throws IOException {
    MessageDigest digest = start();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Digest of some bytes. */
  public static String of(byte[] content) {
    return HexFormat.of().formatHex(start().digest(content));
  }

  /** A digest to be fed piece by piece. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: this JVM has no SHA-256", e);
    }
  }
}
