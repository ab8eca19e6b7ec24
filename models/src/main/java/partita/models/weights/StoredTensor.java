package partita.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One array of a {@link WeightFile}, in the file until it is asked for. */
public final class StoredTensor {
  private final String name;
  private final PickledTensor tensor;
  private final WeightFile file;

  StoredTensor(String name, PickledTensor tensor, WeightFile file) {
    this.name = name;
    this.tensor = tensor;
    this.file = file;
  }

  /** Dimensions, empty for a single value. */
  public List<Long> shape() {
    return tensor.shape();
  }

  /**
   * The elements as float32, row-major, little-endian.
   *
   * @throws WeightFileException if a checksum shows that the file is damaged
   */
  public ByteBuffer floats() throws IOException {
    long count = count();
    int bytes = tensor.storage().type().bytes();
    int size = Math.toIntExact(Math.multiplyExact(count, bytes));
    byte[] raw = file.read(tensor.storage(), tensor.offset() * bytes, size);
    return rowMajor(ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN), (int) count);
  }

  private ByteBuffer rowMajor(ByteBuffer raw, int count) {
    ByteBuffer floats =
        ByteBuffer.allocate(Math.multiplyExact(count, 4)).order(ByteOrder.LITTLE_ENDIAN);
    int[] index = new int[shape().size()];
    for (int i = 0; i < count; i++) {
      long position = 0;
      for (int d = 0; d < index.length; d++) {
        position += index[d] * tensor.stride().get(d);
      }
      floats.putFloat(tensor.storage().type().get(raw, (int) position));
      for (int d = index.length - 1; d >= 0 && ++index[d] == shape().get(d); d--) {
        index[d] = 0;
      }
    }
    return floats.flip();
  }

  private long count() throws WeightFileException {
    try {
      if (shape().stream().allMatch(size -> size > 0)) {
        return shape().stream().reduce(1L, Math::multiplyExact);
      }
    } catch (ArithmeticException e) {
      // Reported below, as are dimensions below 1.
    }
    throw file.broken("tensor %s has the impossible shape %s".formatted(name, shape()));
  }

  /** Accepts any order of the dimensions in memory, but no gaps, overlaps or repetitions. */
  void requireWhole() throws IOException {
    long count = count();
    List<Integer> dimensions = new ArrayList<>(IntStream.range(0, shape().size()).boxed().toList());
    dimensions.removeIf(d -> shape().get(d) == 1);
    Collections.sort(dimensions, Comparator.comparing(d -> tensor.stride().get(d)));
    long expected = 1;
    for (int d : dimensions) {
      if (tensor.stride().get(d) != expected) {
        throw file.broken(
            "tensor %s of shape %s is a view with strides %s; save it contiguous"
                .formatted(name, shape(), tensor.stride()));
      }
      expected *= shape().get(d);
    }
    if (tensor.offset() < 0 || count > tensor.storage().elements() - tensor.offset()) {
      throw file.broken(
          "tensor %s needs %,d elements from %,d on, its storage has %,d"
              .formatted(name, count, tensor.offset(), tensor.storage().elements()));
    }
    file.requireHeld(tensor.storage());
  }
}
