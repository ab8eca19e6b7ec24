package partita.models.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * PyTorch's zip archives: {@code data.pkl} and {@code data/KEY} for each storage below one folder,
 * uncompressed; {@code constants.pkl} and {@code code/} too if it is a TorchScript module.
 */
final class TorchArchive implements AutoCloseable {
  private static final String DESCRIPTION = "data.pkl";

  private final ZipArchive zip;

  /** Folder of all entries, with its slash. */
  private final String root;

  /**
   * Takes the archive over.
   *
   * @throws FormatException if torch wrote none such
   */
  TorchArchive(ZipArchive zip) throws IOException {
    this.zip = zip;
    List<String> found = zip.entries().keySet().stream().filter(TorchArchive::describes).toList();
    if (found.size() != 1) {
      throw new FormatException(
          "its zip archive has %d entries data.pkl, expected one as torch.save writes it, or .npy entries as numpy.savez does"
              .formatted(found.size()));
    }
    root = found.get(0).substring(0, found.get(0).length() - DESCRIPTION.length());
    if (zip.entries().containsKey(root + "byteorder")) {
      ZipDirectory.Entry order = entry("byteorder");
      byte[] start = zip.read(order, 0, (int) Math.min(16, order.size()));
      String text = new String(start, StandardCharsets.US_ASCII);
      if (!text.equals("little")) {
        throw new FormatException(
            "its numbers are in byte order '%s', expected 'little'; save it on a little-endian machine"
                .formatted(ZipDirectory.printable(text)));
      }
    }
  }

  /** Whether an entry's name is that of a description of what was saved. */
  static boolean describes(String name) {
    return name.endsWith("/" + DESCRIPTION);
  }

  /** Whether the archive is a TorchScript module. */
  boolean isScript() {
    return zip.entries().containsKey(root + "constants.pkl");
  }

  /** What was saved. */
  Object described(Pickle.Names names) throws IOException {
    try (InputStream in = new BufferedInputStream(zip.open(entry(DESCRIPTION)))) {
      return Pickle.read(in, names, storage -> {});
    }
  }

  /** Refuses a storage that is not in the archive with all of its elements. */
  void requireHeld(TensorLayout.Storage storage) throws IOException {
    long found = entry("data/" + storage.key()).size();
    long expected = storage.elements() * storage.type().bytes();
    if (found != expected) {
      throw new FormatException(
          "storage %s has %,d bytes, expected %,d; get the file again"
              .formatted(ZipDirectory.printable(storage.key()), found, expected));
    }
  }

  byte[] read(TensorLayout.Storage storage, long offset, int count) throws IOException {
    return zip.read(entry("data/" + storage.key()), offset, count);
  }

  private ZipDirectory.Entry entry(String name) throws FormatException {
    ZipDirectory.Entry entry = zip.entry(root + name);
    if (entry.deflated()) {
      throw new FormatException(
          "entry %s of its zip archive is compressed, which torch.save never does; save it again"
              .formatted(ZipDirectory.printable(entry.name())));
    }
    return entry;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
