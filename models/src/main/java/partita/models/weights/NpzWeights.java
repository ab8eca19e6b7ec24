package partita.models.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Arrays that {@code numpy.savez} or {@code numpy.savez_compressed} wrote, by their names. */
final class NpzWeights extends WeightFile {
  private static final String EXTENSION = ".npy";

  private final ZipArchive zip;
  private final Map<String, NpyHeader> headers = new TreeMap<>();

  /** Takes the archive over. */
  NpzWeights(Path path, ZipArchive zip) throws IOException {
    super(path, "npz");
    this.zip = zip;
    for (ZipDirectory.Entry entry : zip.entries().values()) {
      if (!isArray(entry.name())) {
        throw new FormatException(
            "its zip archive has an entry %s, expected names that end with .npy; save it by numpy.savez"
                .formatted(ZipDirectory.printable(entry.name())));
      }
      try (InputStream in = zip.open(entry)) {
        NpyHeader header = NpyHeader.read(in);
        header.requireBytes(entry.size() - header.bytes());
        String name = entry.name().substring(0, entry.name().length() - EXTENSION.length());
        headers.put(name, header);
      }
    }
  }

  /** Whether an entry's name is that of an array. */
  static boolean isArray(String name) {
    return name.endsWith(EXTENSION);
  }

  @Override
  Map<String, TensorLayout> layouts() throws IOException {
    Map<String, TensorLayout> layouts = new TreeMap<>();
    for (Map.Entry<String, NpyHeader> header : headers.entrySet()) {
      layouts.put(header.getKey(), header.getValue().layout(header.getKey()));
    }
    return layouts;
  }

  /** The headers were found to fit the entries. */
  @Override
  void requireHeld(TensorLayout.Storage storage) {}

  @Override
  byte[] read(TensorLayout.Storage storage, long offset, int count) throws IOException {
    NpyHeader header = headers.get(storage.key());
    ZipDirectory.Entry entry = zip.entry(storage.key() + EXTENSION);
    return header.littleEndian(zip.read(entry, header.bytes() + offset, count));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
