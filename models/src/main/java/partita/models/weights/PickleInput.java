package partita.models.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one pickle, of which there must not be too many; an end too early is an error. */
final class PickleInput {
  /** A dictionary of twenty thousand tensors takes less. */
  private static final long MOST_BYTES = 1 << 22;

  private final InputStream in;
  private long read;

  PickleInput(InputStream in) {
    this.in = in;
  }

  int next() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException();
    }
    count(1);
    return value;
  }

  byte[] bytes(long count) throws IOException {
    count(count);
    // It grows with what is there: a length that lies takes no memory.
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  /**
   * Counts bytes, or values that an instruction goes through without reading them: what a pickle
   * remembers it can have copied by a few bytes each time.
   */
  void count(long bytes) throws FormatException {
    if (bytes < 0 || bytes > MOST_BYTES - read) {
      throw new FormatException(
          "its pickle is larger than %d MiB, which no description of weights is"
              .formatted(MOST_BYTES >> 20));
    }
    read += bytes;
  }

  /** An unsigned little-endian number. */
  long number(int bytes) throws IOException {
    byte[] padded = Arrays.copyOf(bytes(bytes), 8);
    return ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  String text(long bytes) throws IOException {
    return new String(bytes(bytes), StandardCharsets.UTF_8);
  }

  String latin(long bytes) throws IOException {
    return new String(bytes(bytes), StandardCharsets.ISO_8859_1);
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = next(); c != '\n'; c = next()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
