package partita.models.weights;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * PyTorch's format since 1.6: a zip archive of uncompressed entries, {@code data.pkl} and {@code
 * data/KEY} for each storage below one folder. A compressed entry is refused, so what an archive
 * unpacks to is never more than its own size.
 */
final class ZipWeights extends WeightFile {
  private static final String DESCRIPTION = "data.pkl";

  private final ZipFile zip;

  /** Folder of all entries, with its slash. */
  private final String root;

  ZipWeights(Path path) throws IOException {
    super(path);
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new WeightFileException(
          "Cannot read weights %s: its zip archive is damaged or cut short (%s); get the file again"
              .formatted(path, e.getMessage()),
          e);
    }
    try {
      root = root();
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private String root() throws IOException {
    List<String> found =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith("/" + DESCRIPTION))
            .toList();
    if (found.size() != 1) {
      throw broken(
          "its zip archive has %d entries %s, expected one as torch.save writes it"
              .formatted(found.size(), DESCRIPTION));
    }
    String folder = found.get(0).substring(0, found.get(0).length() - DESCRIPTION.length());
    ZipEntry order = zip.getEntry(folder + "byteorder");
    if (order != null) {
      String text = read(order, in -> new String(in.readNBytes(16), StandardCharsets.US_ASCII));
      if (!text.equals("little")) {
        throw broken("its numbers are in byte order '" + text + "', expected 'little'");
      }
    }
    return folder;
  }

  @Override
  Object described() throws IOException {
    return read(entry(DESCRIPTION), in -> Pickle.read(new BufferedInputStream(in), storage -> {}));
  }

  @Override
  void requireHeld(PickledTensor.Storage storage) throws IOException {
    ZipEntry entry = entry("data/" + storage.key());
    long expected = storage.elements() * storage.type().bytes();
    if (entry.getSize() != expected) {
      throw broken(
          "storage %s has %,d bytes, expected %,d"
              .formatted(storage.key(), entry.getSize(), expected));
    }
  }

  @Override
  byte[] read(PickledTensor.Storage storage, long offset, int count) throws IOException {
    ZipEntry entry = entry("data/" + storage.key());
    return read(
        entry,
        in -> {
          CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
          checked.skipNBytes(offset);
          byte[] bytes = checked.readNBytes(count);
          if (bytes.length < count) {
            throw new EOFException("entry %s is cut short".formatted(entry.getName()));
          }
          checked.transferTo(OutputStream.nullOutputStream());
          if (checked.getChecksum().getValue() != entry.getCrc()) {
            throw new ZipException(
                "entry %s of its zip archive has checksum %08x, expected %08x; get the file again"
                    .formatted(entry.getName(), checked.getChecksum().getValue(), entry.getCrc()));
          }
          return bytes;
        });
  }

  private ZipEntry entry(String name) throws IOException {
    ZipEntry entry = zip.getEntry(root + name);
    if (entry == null) {
      throw broken("its zip archive lacks the entry " + root + name);
    }
    return entry;
  }

  private <T> T read(ZipEntry entry, Reading<T> reading) throws IOException {
    if (entry.getMethod() != ZipEntry.STORED) {
      throw broken(
          "entry %s of its zip archive is compressed, which torch.save never does; save it again"
              .formatted(entry.getName()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return reading.of(in);
    } catch (ZipException | EOFException | PickleException e) {
      throw broken(e);
    }
  }

  /** What is made of an entry's bytes. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(InputStream in) throws IOException;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
