package partita.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** One array of a {@link WeightFile}. */
public interface StoredTensor {

  /** Element type as Python's libraries print it, {@code float32}. */
  String dtype();

  /** Dimensions, empty for a single value. */
  List<Long> shape();

  /** Number of elements, 1 for a single value. */
  long elements();

  /** Bytes that the elements take in the file, before compression. */
  long bytes();

  /**
   * The elements as float32, row-major, little-endian.
   *
   * @throws WeightFileException if a checksum shows that the file is damaged, or there are more
   *     elements than fit into one buffer
   */
  ByteBuffer floats() throws IOException;
}
