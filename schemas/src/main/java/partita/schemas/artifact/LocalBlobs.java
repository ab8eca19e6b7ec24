package partita.schemas.artifact;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** The immutable files of a local store, each in a folder of its digest's first two digits. */
final class LocalBlobs {
  private final Path root;
  private final TemporaryFiles temporary;

  LocalBlobs(Path root, TemporaryFiles temporary) {
    this.root = root;
    this.temporary = temporary;
  }

  FileEntry add(Path file, String name, long rows, String schema, List<Long> batchCrc32c)
      throws IOException {
    FileEntry entry =
        new FileEntry(name, Sha256.of(file), Files.size(file), rows, schema, batchCrc32c);
    Path blob = path(entry);
    try {
      Files.createDirectories(blob.getParent());
      // In use since now, however long ago it was written: garbage collection goes by this.
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      // Over an equal blob too: that repairs one that was damaged on the disk.
      DurableFile.place(file, blob, temporary);
    } catch (IOException e) {
      throw WriteFailure.of("blob of " + name, root, e);
    }
    // A guard against a slip only; where the system refuses, nothing is lost.
    boolean unused = blob.toFile().setReadOnly();
    return entry;
  }

  /** Whether a blob is there with its size. */
  boolean has(FileEntry entry) throws IOException {
    Path blob = path(entry);
    return Files.isRegularFile(blob) && Files.size(blob) == entry.bytes();
  }

  /**
   * Path of a blob that is there with its size and, when it is no table, with its bytes: those of a
   * table are checked by its reader, batch by batch.
   */
  Path get(FileEntry entry) throws IOException {
    Path blob = path(entry);
    if (!Files.isRegularFile(blob)) {
      throw new FileNotFoundException(
          "Cannot read %s: its blob %s is missing; run its stage again"
              .formatted(entry.name(), blob));
    }
    long size = Files.size(blob);
    if (size != entry.bytes()) {
      throw new IOException(
          "Cannot read %s: its blob %s has %,d bytes, expected %,d; run its stage again"
              .formatted(entry.name(), blob, size, entry.bytes()));
    }
    entry.requireContent(blob, blob.toString());
    return blob;
  }

  private Path path(FileEntry entry) {
    return root.resolve(StoreLayout.blob(entry.sha256()));
  }
}
