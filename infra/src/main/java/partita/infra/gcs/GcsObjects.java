package partita.infra.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The objects below a root. An object's <em>generation</em> changes with each write; every write
 * and removal here names the generation that it expects, {@link #ABSENT} for none. That makes one
 * of several writers win, and it is what allows the library to repeat a request whose answer was
 * lost. Content is checked by CRC32C on both ways: by the service when it arrives there, by us when
 * it arrives here.
 */
final class GcsObjects {
  /** The generation of an object that is not there. */
  static final long ABSENT = 0;

  private static final int CHUNK = 1 << 20;

  private final Storage storage;
  private final GcsRoot root;

  GcsObjects(Storage storage, GcsRoot root) {
    this.storage = storage;
    this.root = root;
  }

  /** A small object's bytes and the generation they belong to. */
  record Content(byte[] bytes, long generation) {}

  String address(String name) {
    return root.address(name);
  }

  /** Size, checksum and generation of an object, if it is there. */
  Optional<BlobInfo> stat(String name) throws IOException {
    try {
      return Optional.ofNullable(storage.get(id(name)));
    } catch (StorageException e) {
      throw failure("read", name, e);
    }
  }

  /** Reads a small object, if it is there. */
  Optional<Content> read(String name) throws IOException {
    while (true) {
      Optional<BlobInfo> found = stat(name);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      long generation = found.get().getGeneration();
      try {
        byte[] bytes = storage.readAllBytes(id(name), BlobSourceOption.generationMatch(generation));
        checkArrived(name, found.get(), bytes.length, Crc32c.of(bytes));
        return Optional.of(new Content(bytes, generation));
      } catch (StorageException e) {
        if (!changed(e)) {
          throw failure("read", name, e);
        }
      }
    }
  }

  /**
   * Downloads what {@link #stat} found to a local file, over an earlier try; false when the object
   * was replaced or removed meanwhile.
   */
  boolean download(String name, BlobInfo found, Path target) throws IOException {
    CRC32C crc = new CRC32C();
    long bytes = 0;
    try (FileChannel file =
            FileChannel.open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        ReadChannel in =
            storage.reader(id(name), BlobSourceOption.generationMatch(found.getGeneration()))) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (receive(name, in, chunk) >= 0) {
        crc.update(chunk.flip());
        bytes += chunk.rewind().remaining();
        while (chunk.hasRemaining()) {
          file.write(chunk);
        }
        chunk.clear();
      }
    } catch (StorageException e) {
      if (changed(e)) {
        return false;
      }
      throw failure("read", name, e);
    }
    checkArrived(name, found, bytes, Crc32c.text(crc));
    return true;
  }

  /** Reads on; the library hides its exception in the one that a channel may throw. */
  private static int receive(String name, ReadChannel in, ByteBuffer chunk) throws IOException {
    try {
      return in.read(chunk);
    } catch (IOException e) {
      throw e.getCause() instanceof StorageException told ? told : new StorageException(e);
    }
  }

  private void checkArrived(String name, BlobInfo found, long bytes, String crc)
      throws IOException {
    if (bytes != found.getSize() || !crc.equals(found.getCrc32c())) {
      throw new IOException(
          "Cannot read %s: it arrived damaged, %,d bytes with CRC32C %s, expected %,d with %s; run again"
              .formatted(address(name), bytes, crc, found.getSize(), found.getCrc32c()));
    }
  }

  /**
   * Writes a small object over the generation {@code expected}.
   *
   * @return its new generation, or nothing when another generation is there
   */
  OptionalLong write(String name, byte[] content, long expected) throws IOException {
    try {
      BlobTargetOption condition =
          expected == ABSENT
              ? BlobTargetOption.doesNotExist()
              : BlobTargetOption.generationMatch(expected);
      Blob written = storage.create(BlobInfo.newBuilder(id(name)).build(), content, condition);
      return OptionalLong.of(written.getGeneration());
    } catch (StorageException e) {
      return refused("write", name, e);
    }
  }

  /**
   * Uploads a file over the generation {@code expected}, going on after a break where it stopped.
   *
   * @param crc32c of the file, which the service compares with what arrived
   * @return its new generation, or nothing when another generation is there
   */
  OptionalLong upload(String name, Path file, String crc32c, long expected) throws IOException {
    try {
      BlobWriteOption condition =
          expected == ABSENT
              ? BlobWriteOption.doesNotExist()
              : BlobWriteOption.generationMatch(expected);
      BlobInfo info = BlobInfo.newBuilder(id(name)).setCrc32c(crc32c).build();
      Blob written = storage.createFrom(info, file, condition, BlobWriteOption.crc32cMatch());
      return OptionalLong.of(written.getGeneration());
    } catch (StorageException e) {
      return refused("write", name, e);
    }
  }

  /** Removes an object of that generation; nothing happens when it is not there any more. */
  void delete(String name, long generation) throws IOException {
    try {
      storage.delete(id(name), BlobSourceOption.generationMatch(generation));
    } catch (StorageException e) {
      if (!changed(e)) {
        throw failure("remove", name, e);
      }
    }
  }

  /** Removes an object of whatever generation; nothing happens when it is not there. */
  void delete(String name) throws IOException {
    for (Optional<BlobInfo> found = stat(name); found.isPresent(); found = stat(name)) {
      delete(name, found.get().getGeneration());
    }
  }

  /** Names below the root that begin with {@code prefix}, sorted. */
  List<String> list(String prefix) throws IOException {
    try {
      List<String> names = new ArrayList<>();
      storage
          .list(
              root.bucket(),
              BlobListOption.prefix(root.object(prefix)),
              BlobListOption.fields(BlobField.NAME))
          .iterateAll()
          .forEach(object -> names.add(object.getName().substring(root.prefix().length())));
      Collections.sort(names);
      return names;
    } catch (StorageException e) {
      throw failure("list", prefix, e);
    }
  }

  private OptionalLong refused(String verb, String name, StorageException e) throws IOException {
    if (e.getCode() == GcsFailure.PRECONDITION_FAILED) {
      return OptionalLong.empty();
    }
    throw failure(verb, name, e);
  }

  private static boolean changed(StorageException e) {
    return e.getCode() == GcsFailure.NOT_FOUND || e.getCode() == GcsFailure.PRECONDITION_FAILED;
  }

  private IOException failure(String verb, String name, StorageException e) {
    return GcsFailure.of(verb + " " + address(name), root.bucket(), e);
  }

  private BlobId id(String name) {
    return BlobId.of(root.bucket(), root.object(name));
  }
}
