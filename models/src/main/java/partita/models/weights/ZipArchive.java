package partita.models.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The contents of a zip archive's entries, their sizes and checksums checked. A compressed entry
 * that unpacks to much more than its share of the file is refused before it is unpacked.
 */
final class ZipArchive implements AutoCloseable {
  /** Smaller contents may be compressed by any factor. */
  private static final long SMALL = 1 << 26;

  private static final long MOST_FACTOR = 100;
  private static final long MOST_UNPACKED = 1 << 30;
  private static final int CHUNK = 1 << 16;

  private final FileChannel channel;
  private final Map<String, ZipDirectory.Entry> entries;

  /** Takes the channel over, and closes it if this fails. */
  ZipArchive(FileChannel channel) throws IOException {
    this.channel = channel;
    try {
      entries = ZipDirectory.read(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Entries by name, in the order of the directory. */
  Map<String, ZipDirectory.Entry> entries() {
    return entries;
  }

  /**
   * The entry of a name.
   *
   * @throws FormatException if there is none
   */
  ZipDirectory.Entry entry(String name) throws FormatException {
    ZipDirectory.Entry entry = entries.get(name);
    if (entry == null) {
      throw new FormatException("its zip archive lacks the entry " + ZipDirectory.printable(name));
    }
    return entry;
  }

  /** An entry's content; reading to the end checks size and checksum. */
  InputStream open(ZipDirectory.Entry entry) throws IOException {
    InputStream packed = new ChannelInput(channel, entry.start(), entry.start() + entry.packed());
    if (!entry.deflated()) {
      return new EntryInput(packed, entry);
    }
    boolean bomb = entry.size() > SMALL && entry.size() / MOST_FACTOR > entry.packed();
    if (bomb || entry.size() > MOST_UNPACKED) {
      throw new FormatException(
          "entry %s of its zip archive unpacks from %,d bytes to %,d, expected at most %d times as many and %,d; save it without compression"
              .formatted(
                  ZipDirectory.printable(entry.name()),
                  entry.packed(),
                  entry.size(),
                  MOST_FACTOR,
                  MOST_UNPACKED));
    }
    return new EntryInput(
        new Unpacking(packed, (int) Math.max(1, Math.min(CHUNK, entry.packed()))), entry);
  }

  /** A part of an entry's content, once the whole was found to be sound. */
  byte[] read(ZipDirectory.Entry entry, long offset, int count) throws IOException {
    try (InputStream in = open(entry)) {
      in.skipNBytes(offset);
      byte[] bytes = in.readNBytes(count);
      in.transferTo(OutputStream.nullOutputStream());
      return bytes;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Frees the native memory of its inflater. */
  private static final class Unpacking extends InflaterInputStream {
    Unpacking(InputStream in, int buffer) {
      super(in, new Inflater(true), buffer);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
