package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * One array of a training state.
 *
 * @param role what it is for
 * @param name full name, {@code generator/blocks.0.0.conv1.weight}; unique within its role
 * @param type element type
 * @param shape dimensions, empty for a single value
 * @param content gives the elements, row-major and little-endian, from position to limit. A large
 *     array is not held in memory until asked for, so ask before training goes on
 */
public record NamedTensor(
    TensorRole role, String name, DataType type, List<Long> shape, Supplier<ByteBuffer> content) {

  public NamedTensor {
    shape = List.copyOf(shape);
  }

  /** The array's elements as they are when the content is asked for. */
  public static NamedTensor of(TensorRole role, String name, NDArray array) {
    return new NamedTensor(
        role,
        name,
        array.getDataType(),
        Arrays.stream(array.getShape().getShape()).boxed().toList(),
        () -> array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  static NamedTensor of(TensorRole role, String name, long... values) {
    ByteBuffer bytes = littleEndian(values.length);
    bytes.asLongBuffer().put(values);
    return new NamedTensor(
        role, name, DataType.INT64, List.of((long) values.length), bytes::duplicate);
  }

  static NamedTensor of(TensorRole role, String name, double... values) {
    ByteBuffer bytes = littleEndian(values.length);
    bytes.asDoubleBuffer().put(values);
    return new NamedTensor(
        role, name, DataType.FLOAT64, List.of((long) values.length), bytes::duplicate);
  }

  /** Number of elements. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  long[] longs() {
    long[] values = new long[Math.toIntExact(size())];
    bytes().asLongBuffer().get(values);
    return values;
  }

  double[] doubles() {
    double[] values = new double[Math.toIntExact(size())];
    bytes().asDoubleBuffer().get(values);
    return values;
  }

  /** Copies the elements into an array of the same type and shape. */
  public void copyTo(NDArray target) {
    List<Long> expected = Arrays.stream(target.getShape().getShape()).boxed().toList();
    if (!shape.equals(expected) || type != target.getDataType()) {
      throw new IllegalArgumentException(
          "Cannot restore %s %s: found %s %s, expected %s %s; the state belongs to another configuration"
              .formatted(role, name, type, shape, target.getDataType(), expected));
    }
    // NDArray.set would make the array share the buffer's memory, which may be a file mapped
    // read-only.
    try (NDArray source = target.getManager().create(bytes(), target.getShape(), type)) {
      source.copyTo(target);
    }
  }

  private ByteBuffer bytes() {
    return content.get().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer littleEndian(int values) {
    return ByteBuffer.allocate(Math.multiplyExact(values, 8)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
