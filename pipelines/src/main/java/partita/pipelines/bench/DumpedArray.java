package partita.pipelines.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import partita.models.row.ArrayRows;

/**
 * An array that a peer has dumped: little-endian values in a {@code .bin}, their form in a {@code
 * .json}.
 */
final class DumpedArray {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path values;

  private DumpedArray(Path values) {
    this.values = values;
  }

  /**
   * Finds an array.
   *
   * @param dtype NumPy's name of the element type that is expected
   * @throws IOException when it is missing or has another type
   */
  static DumpedArray open(WorkOrder order, String name, String dtype) throws IOException {
    Path folder = Path.of(order.folder());
    JsonNode form = JSON.readTree(folder.resolve(name + ".json").toFile());
    String found = form.required("dtype").asText();
    if (!found.equals(dtype)) {
      throw new IOException(
          "Cannot read the peer's array %s: its values are %s, expected %s"
              .formatted(name, found, dtype));
    }
    return new DumpedArray(folder.resolve(name + ".bin"));
  }

  /** The rows {@code [n, d]} float32 of an array. */
  static ArrayRows rows(WorkOrder order, String name) throws IOException {
    return new ArrayRows(open(order, name, "float32").floats(), order.size("d"));
  }

  float[] floats() throws IOException {
    ByteBuffer bytes = bytes();
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  double[] doubles() throws IOException {
    ByteBuffer bytes = bytes();
    double[] doubles = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(doubles);
    return doubles;
  }

  long[] longs() throws IOException {
    ByteBuffer bytes = bytes();
    long[] longs = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(longs);
    return longs;
  }

  /** All of it, mapped. */
  ByteBuffer bytes() throws IOException {
    try (FileChannel channel = FileChannel.open(values, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
