package partita.models.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A tensor as a file describes it.
 *
 * @param storage where its elements are
 * @param offset first element of the storage that belongs to it
 * @param shape dimensions
 * @param stride distance in elements of neighbors in each dimension
 */
record TensorLayout(Storage storage, long offset, List<Long> shape, List<Long> stride) {

  /**
   * One array of elements in the file.
   *
   * @param key its name in the file
   * @param elements number of them
   */
  record Storage(StorageType type, String key, long elements) {}

  TensorLayout {
    shape = List.copyOf(shape);
    stride = List.copyOf(stride);
  }

  /** The whole of a storage, the last dimension running fastest. */
  static TensorLayout rowMajor(StorageType type, String key, List<Long> shape)
      throws FormatException {
    List<Long> reversed = new ArrayList<>(shape);
    Collections.reverse(reversed);
    List<Long> stride = new ArrayList<>(runningFirst(reversed));
    Collections.reverse(stride);
    return new TensorLayout(new Storage(type, key, elements(shape)), 0, shape, stride);
  }

  /** The whole of a storage, the first dimension running fastest. */
  static TensorLayout columnMajor(StorageType type, String key, List<Long> shape)
      throws FormatException {
    return new TensorLayout(new Storage(type, key, elements(shape)), 0, shape, runningFirst(shape));
  }

  private static List<Long> runningFirst(List<Long> shape) {
    Long[] stride = new Long[shape.size()];
    long distance = 1;
    for (int d = 0; d < stride.length; d++) {
      stride[d] = distance;
      distance *= shape.get(d);
    }
    return Arrays.asList(stride);
  }

  /**
   * Number of elements of a shape, 1 for a single value.
   *
   * @throws FormatException if a dimension is negative or there are more than 2^48 elements
   */
  static long elements(List<Long> shape) throws FormatException {
    if (shape.stream().anyMatch(size -> size < 0)) {
      throw new FormatException("it has a tensor of the impossible shape " + shape);
    }
    if (shape.contains(0L)) {
      return 0;
    }
    long elements = 1;
    for (long size : shape) {
      if (size > StorageType.MOST_ELEMENTS / elements) {
        throw new FormatException("it has a tensor of the impossible shape " + shape);
      }
      elements *= size;
    }
    return elements;
  }
}
