package partita.models.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of NumPy's .npy format, versions 1.0 to 3.0 (numpy.lib.format): a Python dictionary of
 * {@code descr}, {@code fortran_order} and {@code shape}, read as data.
 *
 * @param bigEndian whether the elements' most significant byte is first
 * @param fortran whether the first dimension runs fastest
 * @param bytes of the header, magic and padding too: position of the first element
 */
record NpyHeader(
    StorageType type, boolean bigEndian, boolean fortran, List<Long> shape, int bytes) {
  /** What the file begins with, as Latin-1. */
  static final String MAGIC = "\u0093NUMPY";

  /** NumPy itself reads at most ten thousand of a file it does not trust. */
  private static final long MOST_BYTES = 1 << 16;

  private static final int MOST_DIMENSIONS = 32;

  /** {@code 'key': } and a text, a word, a tuple or a list, and the comma after it. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'([a-z_]{1,32})'\\s*:\\s*('[^'\\\\]*'|[A-Za-z]+|\\([0-9L,\\s]*\\)|\\[.*\\])\\s*(,|$)");

  private static final Pattern TYPE = Pattern.compile("'([<>|=])([a-zA-Z])(\\d*)'");
  private static final Pattern SHAPE =
      Pattern.compile("\\((\\s*\\d{1,18}L?\\s*(,|(?=\\))))*\\s*\\)");

  /**
   * Reads the header and leaves the stream at the first element.
   *
   * @throws FormatException if it is damaged or its elements are no plain numbers
   */
  static NpyHeader read(InputStream in) throws IOException {
    byte[] start = exactly(in, MAGIC.length() + 2);
    if (!new String(start, StandardCharsets.ISO_8859_1).startsWith(MAGIC)) {
      throw new FormatException("an array does not begin as .npy does; save it by numpy.save");
    }
    int major = start[MAGIC.length()];
    int minor = start[MAGIC.length() + 1];
    if (major < 1 || major > 3 || minor != 0) {
      throw new FormatException(
          "its .npy format is version %d.%d, expected 1.0, 2.0 or 3.0; save it by another NumPy"
              .formatted(major, minor));
    }
    byte[] length = exactly(in, major == 1 ? 2 : 4);
    long bytes = 0;
    for (int i = length.length - 1; i >= 0; i--) {
      bytes = bytes << 8 | length[i] & 0xFF;
    }
    if (bytes > MOST_BYTES) {
      throw new FormatException(
          "its header claims %,d bytes, expected at most %,d; get the file again"
              .formatted(bytes, MOST_BYTES));
    }
    Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String text = new String(exactly(in, (int) bytes), charset);
    return parse(text.strip(), start.length + length.length + (int) bytes);
  }

  private static NpyHeader parse(String text, int bytes) throws FormatException {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw damaged(text);
    }
    String inside = text.substring(1, text.length() - 1).strip();
    Matcher entry = ENTRY.matcher(inside);
    String[] values = new String[3];
    List<String> keys = List.of("descr", "fortran_order", "shape");
    int position = 0;
    while (position < inside.length()) {
      if (!entry.find(position) || entry.start() != position) {
        throw damaged(text);
      }
      int key = keys.indexOf(entry.group(1));
      if (key < 0 || values[key] != null) {
        throw damaged(text);
      }
      values[key] = entry.group(2);
      position = entry.end();
    }
    if (Arrays.asList(values).contains(null)) {
      throw damaged(text);
    }
    if (!List.of("True", "False").contains(values[1]) || !SHAPE.matcher(values[2]).matches()) {
      throw damaged(text);
    }
    Matcher type = TYPE.matcher(values[0]);
    if (!type.matches()) {
      throw unknown(values[0]);
    }
    StorageType known =
        StorageType.ofNumpy(type.group(2) + type.group(3)).orElseThrow(() -> unknown(values[0]));
    boolean big = type.group(1).equals(">");
    return new NpyHeader(known, big, values[1].equals("True"), shape(values[2]), bytes);
  }

  private static List<Long> shape(String tuple) throws FormatException {
    List<Long> shape = new ArrayList<>();
    for (String size : tuple.substring(1, tuple.length() - 1).split(",", -1)) {
      if (!size.isBlank()) {
        shape.add(Long.parseLong(size.replace("L", "").strip()));
      }
    }
    if (shape.size() > MOST_DIMENSIONS) {
      throw new FormatException(
          "it has an array of %d dimensions, expected at most %d"
              .formatted(shape.size(), MOST_DIMENSIONS));
    }
    return List.copyOf(shape);
  }

  /** Where the elements are, in a storage of all of them. */
  TensorLayout layout(String key) throws FormatException {
    return fortran
        ? TensorLayout.columnMajor(type, key, shape)
        : TensorLayout.rowMajor(type, key, shape);
  }

  /** Refuses a number of bytes after the header that is not that of the elements. */
  void requireBytes(long found) throws FormatException {
    long expected = TensorLayout.elements(shape) * type.bytes();
    if (found != expected) {
      throw new FormatException(
          "%,d bytes follow the header of an array %s %s, expected %,d; get the file again"
              .formatted(found, type.word(), shape, expected));
    }
  }

  /** Turns elements as they are stored into little-endian ones, in place. */
  byte[] littleEndian(byte[] elements) {
    int width = bigEndian ? type.bytes() : 1;
    for (int start = 0; width > 1 && start < elements.length; start += width) {
      for (int i = start, j = start + width - 1; i < j; i++, j--) {
        byte first = elements[i];
        elements[i] = elements[j];
        elements[j] = first;
      }
    }
    return elements;
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new FormatException("it is cut short within the header of an array; get it again");
    }
    return bytes;
  }

  private static FormatException unknown(String descr) {
    return new FormatException(
        "its elements are %s, expected plain numbers (f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1) and no objects, text or records; save numbers"
            .formatted(ZipDirectory.printable(descr)));
  }

  private static FormatException damaged(String text) {
    return new FormatException(
        "the header of an array is '%s', expected descr, fortran_order and shape; get the file again"
            .formatted(ZipDirectory.printable(text)));
  }
}
