package partita.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a zip archive (PKWARE's APPNOTE 6.3.3, with its zip64 records). An archive says
 * everything twice, in its directory at the end and before each entry: here both must agree, and
 * entries may neither overlap nor share a name, so that no two readers can see two contents in one
 * file, and no byte counts twice.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int ENCRYPTED = 1;
  private static final int SIZES_FOLLOW = 8;
  private static final long SEE_ZIP64 = 0xFFFFFFFFL;

  /** A hundred thousand entries take less. */
  private static final long MOST_BYTES = 1 << 24;

  private static final int LONGEST_NAME = 1024;
  private static final int SHOWN_NAME = 100;

  private final FileChannel channel;

  /**
   * One entry.
   *
   * @param name path inside the archive, with slashes
   * @param deflated whether it is compressed
   * @param crc CRC-32 of its content
   * @param packed bytes that it takes in the archive
   * @param size bytes of its content
   * @param header position of the header before it
   * @param start position of its first byte
   */
  record Entry(
      String name, boolean deflated, long crc, long packed, long size, long header, long start) {}

  /** Where the central directory is and how many entries it has. */
  private record Extent(long entries, long bytes, long offset, long end) {}

  private ZipDirectory(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Entries by name, in the order of the directory.
   *
   * @throws FormatException if the archive contradicts itself or the file
   */
  static Map<String, Entry> read(FileChannel channel) throws IOException {
    return new ZipDirectory(channel).entries();
  }

  private Map<String, Entry> entries() throws IOException {
    Extent extent = extent();
    ByteBuffer directory = at(extent.offset, Math.toIntExact(extent.bytes));
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (directory.remaining() >= CENTRAL_BYTES) {
      Entry entry = entry(directory, extent.offset);
      if (entries.put(entry.name, entry) != null) {
        throw new FormatException(
            "its zip archive has two entries %s; save it again".formatted(printable(entry.name)));
      }
    }
    if (directory.hasRemaining() || entries.size() != extent.entries) {
      throw damaged(
          "its directory lists %,d entries, expected %,d"
              .formatted(entries.size(), extent.entries));
    }
    requireApart(entries);
    return entries;
  }

  /** Finds the end record, which a comment may follow, and what it says of the directory. */
  private Extent extent() throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
    ByteBuffer last = at(size - tail, tail);
    for (int i = tail - END_BYTES; i >= 0; i--) {
      if (last.getInt(i) == END && word(last, i + 20) == tail - i - END_BYTES) {
        Extent extent =
            extent(last.slice(i, END_BYTES).order(ByteOrder.LITTLE_ENDIAN), size - tail + i);
        if (extent.bytes < 0
            || extent.offset < 0
            || extent.bytes > MOST_BYTES
            || extent.offset != extent.end - extent.bytes) {
          throw damaged(
              "its directory of %,d bytes at %,d does not end at %,d, or is larger than %d MiB"
                  .formatted(extent.bytes, extent.offset, extent.end, MOST_BYTES >> 20));
        }
        return extent;
      }
    }
    throw damaged("its directory is missing");
  }

  private Extent extent(ByteBuffer end, long position) throws IOException {
    Extent extent = new Extent(word(end, 10), unsigned(end, 12), unsigned(end, 16), position);
    if (position < LOCATOR_BYTES) {
      return extent;
    }
    ByteBuffer locator = at(position - LOCATOR_BYTES, LOCATOR_BYTES);
    if (locator.getInt(0) != LOCATOR) {
      return extent;
    }
    long position64 = locator.getLong(8);
    if (position64 < 0 || position64 > position - LOCATOR_BYTES - END64_BYTES) {
      throw damaged("its zip64 record is not where it should be");
    }
    ByteBuffer end64 = at(position64, END64_BYTES);
    Extent extent64 =
        new Extent(end64.getLong(32), end64.getLong(40), end64.getLong(48), position64);
    if (end64.getInt(0) != END64
        || differ(extent.entries, 0xFFFF, extent64.entries)
        || differ(extent.bytes, SEE_ZIP64, extent64.bytes)
        || differ(extent.offset, SEE_ZIP64, extent64.offset)) {
      throw damaged("its zip64 record contradicts the other");
    }
    return extent64;
  }

  private static boolean differ(long value, long seeZip64, long value64) {
    return value != seeZip64 && value != value64;
  }

  /** The entry at the directory's position, which advances. */
  private Entry entry(ByteBuffer directory, long end) throws IOException {
    ByteBuffer fields = slice(directory, CENTRAL_BYTES);
    if (fields.getInt(0) != CENTRAL) {
      throw damaged("its directory is cut short");
    }
    String name = name(slice(directory, word(fields, 28)));
    ByteBuffer extra = slice(directory, word(fields, 30));
    slice(directory, word(fields, 32));
    int method = word(fields, 10);
    if ((word(fields, 8) & ENCRYPTED) != 0 || (method != 0 && method != 8)) {
      throw new FormatException(
          "entry %s of its zip archive is encrypted or packed by method %d, expected stored or deflated; save it again"
              .formatted(printable(name), method));
    }
    ByteBuffer wide = zip64(extra);
    long size = wide(fields, 24, wide);
    long packed = wide(fields, 20, wide);
    long header = wide(fields, 42, wide);
    if (size < 0 || packed < 0 || header < 0 || (method == 0 && size != packed)) {
      throw damaged("entry %s has %,d bytes in %,d".formatted(printable(name), size, packed));
    }
    Entry entry = new Entry(name, method == 8, unsigned(fields, 16), packed, size, header, 0);
    return started(entry, method, end);
  }

  /** Compares the header before an entry, and finds the first byte after it. */
  private Entry started(Entry entry, int method, long end) throws IOException {
    if (entry.header > end - LOCAL_BYTES) {
      throw damaged("entry %s begins behind its end".formatted(printable(entry.name)));
    }
    ByteBuffer local = at(entry.header, LOCAL_BYTES);
    int nameBytes = word(local, 26);
    long start = entry.header + LOCAL_BYTES + nameBytes + word(local, 28);
    if (start > end || entry.packed > end - start) {
      throw damaged(
          "entry %s claims %,d bytes, which the file does not hold"
              .formatted(printable(entry.name), entry.packed));
    }
    ByteBuffer name = at(entry.header + LOCAL_BYTES, nameBytes);
    boolean later = (word(local, 6) & SIZES_FOLLOW) != 0;
    if (local.getInt(0) != LOCAL
        || word(local, 8) != method
        || !name(name).equals(entry.name)
        || (!later
            && (unsigned(local, 14) != entry.crc
                || differ(unsigned(local, 18), SEE_ZIP64, entry.packed)
                || differ(unsigned(local, 22), SEE_ZIP64, entry.size)))) {
      throw damaged(
          "its directory and the header of entry %s differ".formatted(printable(entry.name)));
    }
    return new Entry(
        entry.name, entry.deflated, entry.crc, entry.packed, entry.size, entry.header, start);
  }

  private static void requireApart(Map<String, Entry> entries) throws FormatException {
    List<Entry> sorted =
        entries.values().stream().sorted(Comparator.comparingLong(Entry::header)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      Entry before = sorted.get(i - 1);
      if (before.start + before.packed > sorted.get(i).header) {
        throw damaged(
            "entries %s and %s overlap"
                .formatted(printable(before.name), printable(sorted.get(i).name)));
      }
    }
  }

  /** The values of the zip64 field among an entry's extra fields; empty without it. */
  private static ByteBuffer zip64(ByteBuffer extra) throws FormatException {
    while (extra.remaining() >= 4) {
      int id = extra.getShort();
      ByteBuffer field = slice(extra, extra.getShort() & 0xFFFF);
      if (id == 1) {
        return field;
      }
    }
    return ByteBuffer.allocate(0);
  }

  private static long wide(ByteBuffer fields, int at, ByteBuffer zip64) throws FormatException {
    long value = unsigned(fields, at);
    return value == SEE_ZIP64 ? slice(zip64, Long.BYTES).getLong() : value;
  }

  private static String name(ByteBuffer bytes) throws FormatException {
    String name = StandardCharsets.UTF_8.decode(bytes).toString();
    boolean outside =
        name.startsWith("/")
            || name.contains("\\")
            || name.matches("[A-Za-z]:.*")
            || List.of(name.split("/", -1)).contains("..");
    if (outside || name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf(0) >= 0) {
      throw new FormatException(
          "its zip archive has an entry '%s', expected names that stay inside of it, of at most %,d characters"
              .formatted(printable(name), LONGEST_NAME));
    }
    return name;
  }

  /** A name out of a file, fit for one line of a message. */
  static String printable(String name) {
    String shown = name.replaceAll("[\\p{Cntrl}]", "?");
    return shown.length() > SHOWN_NAME ? shown.substring(0, SHOWN_NAME) + "..." : shown;
  }

  /** Bytes of the file, little-endian; an end too early is an error. */
  private ByteBuffer at(long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw damaged("it was cut short while it was read");
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer slice(ByteBuffer bytes, int count) throws FormatException {
    if (count > bytes.remaining()) {
      throw damaged("its directory is cut short");
    }
    ByteBuffer slice = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + count);
    return slice;
  }

  private static int word(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xFFFF;
  }

  private static long unsigned(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & 0xFFFFFFFFL;
  }

  private static FormatException damaged(String reason) {
    return new FormatException(
        "its zip archive is damaged or cut short (%s); get the file again".formatted(reason));
  }
}
