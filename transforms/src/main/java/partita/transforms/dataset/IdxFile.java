package partita.transforms.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An IDX file of unsigned bytes (the format of MNIST), plain or gzipped whatever its name: magic
 * {@code 00 00 08 dimensions}, the big-endian sizes, then the values.
 *
 * @param path the file
 * @param sizes size of each dimension; the first counts the items
 */
record IdxFile(Path path, List<Integer> sizes) {
  private static final int UNSIGNED_BYTES = 0x08;
  private static final int BUFFER = 1 << 16;

  /**
   * Reads the header.
   *
   * @param dimensions expected number of dimensions: 1 for labels, 3 for images
   * @throws DatasetException when the file is missing, no such IDX file, or shorter than its header
   *     says (a gzipped one shows that only when it is read)
   */
  static IdxFile open(Path path, int dimensions) {
    try (DataInputStream in = stream(path)) {
      int magic = in.readInt();
      int expected = UNSIGNED_BYTES << 8 | dimensions;
      if (magic != expected) {
        throw new DatasetException(
            "Cannot read IDX file %s: it begins with %08x, expected %08x (unsigned bytes, %d dimensions); is it the right file?"
                .formatted(path, magic, expected, dimensions));
      }
      List<Integer> sizes = new ArrayList<>();
      for (int i = 0; i < dimensions; i++) {
        sizes.add(in.readInt());
      }
      IdxFile file = new IdxFile(path, List.copyOf(sizes));
      file.checkLength();
      return file;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  int items() {
    return sizes.get(0);
  }

  int bytesPerItem() {
    return sizes.stream().skip(1).reduce(1, Math::multiplyExact);
  }

  /** A stream of the items from {@code first} on. */
  Items from(long first) {
    try {
      DataInputStream in = stream(path);
      try {
        in.skipNBytes(headerBytes() + first * bytesPerItem());
      } catch (IOException e) {
        in.close();
        throw e;
      }
      return new Items(this, in);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private int headerBytes() {
    return 4 + 4 * sizes.size();
  }

  private void checkLength() throws IOException {
    if (sizes.stream().anyMatch(size -> size < 1)) {
      throw new DatasetException(
          "Cannot read IDX file " + path + ": its header gives sizes " + sizes);
    }
    if (!gzipped(path)) {
      long expected = headerBytes() + (long) items() * bytesPerItem();
      long found = Files.size(path);
      if (found != expected) {
        throw new DatasetException(
            "Cannot read IDX file %s: it has %d bytes, its header promises %d; fetch it again"
                .formatted(path, found, expected));
      }
    }
  }

  private static boolean gzipped(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] magic = in.readNBytes(2);
      return magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
    }
  }

  private static DataInputStream stream(Path path) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    try {
      return new DataInputStream(
          gzipped(path) ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static DatasetException unreadable(Path path, IOException cause) {
    if (cause instanceof EOFException) {
      return new DatasetException(
          "Cannot read IDX file " + path + ": it ends early; fetch it again", cause);
    } else if (cause instanceof ZipException) {
      return new DatasetException(
          "Cannot read IDX file " + path + ": its gzip data is broken; fetch it again", cause);
    } else if (!Files.exists(path)) {
      return new DatasetException(
          "Cannot read IDX file " + path + ": there is no such file", cause);
    }
    return new DatasetException("Cannot read IDX file " + path + ": " + cause, cause);
  }

  /** Items one after the other. */
  static final class Items implements AutoCloseable {
    private final IdxFile file;
    private final DataInputStream in;

    private Items(IdxFile file, DataInputStream in) {
      this.file = file;
      this.in = in;
    }

    /** The values of the next item, row by row. */
    byte[] next() {
      byte[] item = new byte[file.bytesPerItem()];
      try {
        in.readFully(item);
      } catch (IOException e) {
        throw unreadable(file.path(), e);
      }
      return item;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
