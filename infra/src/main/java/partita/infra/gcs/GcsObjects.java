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
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.CRC32C;
import partita.schemas.artifact.Uninterrupted;

/**
 * The objects below a root. An object's <em>generation</em> changes with each write; every write
 * and removal here names the generation that it expects, {@link #ABSENT} for none. That makes one
 * of several writers win, and it is what allows the library to repeat a request whose answer was
 * lost. Content is checked by CRC32C on both ways: by the service when it arrives there, by us when
 * it arrives here. As in a local store, an interrupt does not cut an operation off.
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
    return call("read", name, () -> Optional.ofNullable(storage.get(id(name))));
  }

  /** Reads a small object, if it is there. */
  Optional<Content> read(String name) throws IOException {
    Optional<BlobInfo> found = stat(name);
    while (found.isPresent()) {
      Optional<byte[]> bytes = read(name, found.get().getGeneration());
      if (bytes.isPresent()) {
        checkArrived(name, found.get(), bytes.get().length, Crc32c.of(bytes.get()));
        return Optional.of(new Content(bytes.get(), found.get().getGeneration()));
      }
      found = stat(name);
    }
    return Optional.empty();
  }

  /** The bytes of one generation, or nothing when it was replaced or removed. */
  private Optional<byte[]> read(String name, long generation) throws IOException {
    return call(
        "read",
        name,
        () -> {
          try {
            BlobSourceOption condition = BlobSourceOption.generationMatch(generation);
            return Optional.of(storage.readAllBytes(id(name), condition));
          } catch (StorageException e) {
            return nothingIfChanged(e);
          }
        });
  }

  /**
   * Downloads what {@link #stat} found to a local file, over an earlier try; false when the object
   * was replaced or removed meanwhile.
   */
  boolean download(String name, BlobInfo found, Path target) throws IOException {
    CRC32C crc = new CRC32C();
    Optional<Long> bytes =
        call(
            "read",
            name,
            () -> {
              crc.reset();
              try {
                return Optional.of(receive(name, found, target, crc));
              } catch (StorageException e) {
                return nothingIfChanged(e);
              }
            });
    if (bytes.isPresent()) {
      checkArrived(name, found, bytes.get(), Crc32c.text(crc));
    }
    return bytes.isPresent();
  }

  private long receive(String name, BlobInfo found, Path target, CRC32C crc) throws IOException {
    long bytes = 0;
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    BlobSourceOption condition = BlobSourceOption.generationMatch(found.getGeneration());
    try (OutputStream file = new FileOutputStream(target.toFile());
        ReadChannel in = storage.reader(id(name), condition)) {
      while (receive(in, chunk) >= 0) {
        crc.update(chunk.array(), 0, chunk.position());
        file.write(chunk.array(), 0, chunk.position());
        bytes += chunk.position();
        chunk.clear();
      }
    }
    return bytes;
  }

  /** Reads on; the library hides its exception in the one that a channel may throw. */
  private static int receive(ReadChannel in, ByteBuffer chunk) throws IOException {
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
    BlobTargetOption condition =
        expected == ABSENT
            ? BlobTargetOption.doesNotExist()
            : BlobTargetOption.generationMatch(expected);
    BlobInfo info = BlobInfo.newBuilder(id(name)).build();
    return put(name, () -> storage.create(info, content, condition));
  }

  /**
   * Uploads a file over the generation {@code expected}, going on after a break where it stopped.
   *
   * @param crc32c of the file, which the service compares with what arrived
   * @return its new generation, or nothing when another generation is there
   */
  OptionalLong upload(String name, Path file, String crc32c, long expected) throws IOException {
    BlobWriteOption condition =
        expected == ABSENT
            ? BlobWriteOption.doesNotExist()
            : BlobWriteOption.generationMatch(expected);
    BlobInfo info = BlobInfo.newBuilder(id(name)).setCrc32c(crc32c).build();
    return put(
        name, () -> storage.createFrom(info, file, condition, BlobWriteOption.crc32cMatch()));
  }

  private OptionalLong put(String name, Uninterrupted.Operation<Blob> operation)
      throws IOException {
    return call(
        "write",
        name,
        () -> {
          try {
            return OptionalLong.of(operation.run().getGeneration());
          } catch (StorageException e) {
            if (e.getCode() == GcsFailure.PRECONDITION_FAILED) {
              return OptionalLong.empty();
            }
            throw e;
          }
        });
  }

  /** Removes an object of that generation; nothing happens when it is not there any more. */
  void delete(String name, long generation) throws IOException {
    call(
        "remove",
        name,
        () -> {
          try {
            BlobSourceOption condition = BlobSourceOption.generationMatch(generation);
            return Optional.of(storage.delete(id(name), condition));
          } catch (StorageException e) {
            return nothingIfChanged(e);
          }
        });
  }

  /** Removes an object of whatever generation; nothing happens when it is not there. */
  void delete(String name) throws IOException {
    for (Optional<BlobInfo> found = stat(name); found.isPresent(); found = stat(name)) {
      delete(name, found.get().getGeneration());
    }
  }

  /** Names below the root that begin with {@code prefix}, sorted. */
  List<String> list(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    BlobListOption[] options = {
      BlobListOption.prefix(root.object(prefix)), BlobListOption.fields(BlobField.NAME)
    };
    return call(
        "list",
        prefix,
        () -> {
          names.clear();
          for (Blob object : storage.list(root.bucket(), options).iterateAll()) {
            names.add(object.getName().substring(root.prefix().length()));
          }
          Collections.sort(names);
          return names;
        });
  }

  /** What {@link #list} finds, each with size, time and generation. */
  List<BlobInfo> listed(String prefix) throws IOException {
    List<BlobInfo> found = new ArrayList<>();
    return call(
        "list",
        prefix,
        () -> {
          found.clear();
          BlobListOption option = BlobListOption.prefix(root.object(prefix));
          for (Blob object : storage.list(root.bucket(), option).iterateAll()) {
            found.add(object);
          }
          return found;
        });
  }

  /** Name below the root of what {@link #listed} or {@link #stat} found. */
  String name(BlobInfo found) {
    return found.getName().substring(root.prefix().length());
  }

  /**
   * Gives an object a new metageneration and time, its bytes and generation stay; false when it is
   * not there.
   */
  boolean touch(String name) throws IOException {
    Optional<BlobInfo> found = stat(name);
    while (found.isPresent()) {
      BlobInfo touched =
          found.get().toBuilder()
              .setMetadata(Map.of("touched", UUID.randomUUID().toString()))
              .build();
      boolean done =
          call(
                  "touch",
                  name,
                  () -> {
                    try {
                      return Optional.of(
                          storage.update(
                              touched,
                              BlobTargetOption.generationMatch(),
                              BlobTargetOption.metagenerationMatch()));
                    } catch (StorageException e) {
                      return nothingIfChanged(e);
                    }
                  })
              .isPresent();
      if (done) {
        return true;
      }
      found = stat(name);
    }
    return false;
  }

  /** Removes an object unless it was written or touched since it was listed; whether it is gone. */
  boolean removeUnchanged(String name, long generation, long metageneration) throws IOException {
    return call(
        "remove",
        name,
        () -> {
          try {
            boolean unused =
                storage.delete(
                    id(name),
                    BlobSourceOption.generationMatch(generation),
                    BlobSourceOption.metagenerationMatch(metageneration));
            return true;
          } catch (StorageException e) {
            if (e.getCode() == GcsFailure.PRECONDITION_FAILED) {
              return false;
            } else if (e.getCode() == GcsFailure.NOT_FOUND) {
              return true;
            }
            throw e;
          }
        });
  }

  private static <T> Optional<T> nothingIfChanged(StorageException e) {
    if (e.getCode() == GcsFailure.NOT_FOUND || e.getCode() == GcsFailure.PRECONDITION_FAILED) {
      return Optional.empty();
    }
    throw e;
  }

  /** Runs an operation, again if an interrupt cut it off, and tells a failure in our words. */
  private <T> T call(String verb, String name, Uninterrupted.Operation<T> operation)
      throws IOException {
    return Uninterrupted.run(
        () -> {
          try {
            return operation.run();
          } catch (RuntimeException e) {
            // Whatever it is: interrupted between two tries, the library fails with a null pointer.
            if (Thread.currentThread().isInterrupted()) {
              throw new ClosedByInterruptException();
            }
            if (e instanceof StorageException told) {
              throw GcsFailure.of(verb + " " + address(name), root.bucket(), told);
            }
            throw e;
          }
        });
  }

  private BlobId id(String name) {
    return BlobId.of(root.bucket(), root.object(name));
  }
}
