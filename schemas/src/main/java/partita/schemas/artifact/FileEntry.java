package partita.schemas.artifact;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One immutable file of an artifact, stored as the blob {@code sha256}.
 *
 * @param name path inside the artifact, {@code role/shard.arrow}, for example {@code
 *     train/00003.arrow}
 * @param sha256 digest of the file's bytes, 64 hexadecimal digits
 * @param bytes size of the file
 * @param rows rows of the table, 0 when the file is not a table
 * @param schema fingerprint of the table's schema ({@code TableSchema.fingerprint()}), empty when
 *     not a table
 * @param batchCrc32c CRC32C of each record batch's body as stored, in batch order; checked by
 *     readers on first touch
 */
public record FileEntry(
    String name, String sha256, long bytes, long rows, String schema, List<Long> batchCrc32c)
    implements Serializable {
  /** Parts do not begin with a dot, so that no name leads out of a folder. */
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9_.-]*(/[a-zA-Z0-9_-][a-zA-Z0-9_.-]*)*");

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public FileEntry {
    batchCrc32c = List.copyOf(batchCrc32c);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Cannot name an artifact file '"
              + name
              + "': expected role/shard.arrow of letters, digits, '_', '.' and '-'");
    }
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "Cannot name the blob of " + name + " '" + sha256 + "': expected 64 hexadecimal digits");
    }
    if (bytes < 0 || rows < 0) {
      throw new IllegalArgumentException(
          "Cannot describe " + name + ": found " + bytes + " bytes and " + rows + " rows");
    }
  }

  /** Whether it is a table, whose batches have checksums of their own. */
  public boolean table() {
    return !schema.isEmpty();
  }

  /**
   * Refuses other bytes than the entry's in a file that is no table; a table's reader does it.
   *
   * @param file the bytes
   * @param address where the blob lies, for the message
   */
  public void requireContent(Path file, String address) throws IOException {
    String found = table() ? sha256 : Sha256.of(file);
    if (!found.equals(sha256)) {
      throw new IOException(
          "Cannot read %s: its blob %s is damaged, it holds bytes with SHA-256 %s; evict its artifact and run again"
              .formatted(name, address, found));
    }
  }

  /**
   * What the file is for: the first part of its name, {@code train} of {@code train/00003.arrow}.
   */
  public String role() {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }
}
