package partita.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A tensor that stays in its file until it is asked for. */
final class FileTensor implements StoredTensor {
  private final String name;
  private final TensorLayout tensor;
  private final long elements;
  private final WeightFile file;

  FileTensor(String name, TensorLayout tensor, WeightFile file) throws FormatException {
    this.name = name;
    this.tensor = tensor;
    this.file = file;
    elements = TensorLayout.elements(tensor.shape());
  }

  @Override
  public String dtype() {
    return tensor.storage().type().word();
  }

  @Override
  public List<Long> shape() {
    return tensor.shape();
  }

  @Override
  public long elements() {
    return elements;
  }

  @Override
  public long bytes() {
    return elements * tensor.storage().type().bytes();
  }

  @Override
  public ByteBuffer floats() throws IOException {
    int width = tensor.storage().type().bytes();
    if (elements > Integer.MAX_VALUE / Math.max(Float.BYTES, width)) {
      throw file.broken(
          "tensor %s has %,d elements, expected at most %,d; split it"
              .formatted(name, elements, Integer.MAX_VALUE / Math.max(Float.BYTES, width)));
    }
    try {
      int size = (int) elements * width;
      byte[] raw = file.read(tensor.storage(), tensor.offset() * width, size);
      return rowMajor(ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN), (int) elements);
    } catch (FormatException e) {
      throw file.broken(e);
    }
  }

  private ByteBuffer rowMajor(ByteBuffer raw, int count) {
    ByteBuffer floats = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
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

  /** Accepts any order of the dimensions in memory, but no gaps, overlaps or repetitions. */
  void requireWhole() throws IOException {
    List<Integer> dimensions = new ArrayList<>(IntStream.range(0, shape().size()).boxed().toList());
    // Where there is but one position, or no element at all, no distance matters.
    dimensions.removeIf(d -> elements == 0 || shape().get(d) == 1);
    Collections.sort(dimensions, Comparator.comparing(d -> tensor.stride().get(d)));
    long expected = 1;
    for (int d : dimensions) {
      if (tensor.stride().get(d) != expected) {
        throw new FormatException(
            "tensor %s of shape %s is a view with strides %s; save it contiguous"
                .formatted(ZipDirectory.printable(name), shape(), tensor.stride()));
      }
      expected *= shape().get(d);
    }
    if (tensor.offset() < 0 || elements > tensor.storage().elements() - tensor.offset()) {
      throw new FormatException(
          "tensor %s needs %,d elements from %,d on, its storage has %,d; get the file again"
              .formatted(
                  ZipDirectory.printable(name),
                  elements,
                  tensor.offset(),
                  tensor.storage().elements()));
    }
    file.requireHeld(tensor.storage());
  }
}
