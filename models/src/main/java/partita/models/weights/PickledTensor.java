package partita.models.weights;

import java.util.List;

/**
 * A tensor as a pickle describes it.
 *
 * @param storage where its elements are
 * @param offset first element of the storage that belongs to it
 * @param shape dimensions
 * @param stride distance in elements of neighbors in each dimension
 */
record PickledTensor(Storage storage, long offset, List<Long> shape, List<Long> stride) {

  /**
   * One array of elements in the file.
   *
   * @param key its name in the file
   * @param elements number of them
   */
  record Storage(StorageType type, String key, long elements) {}

  PickledTensor {
    shape = List.copyOf(shape);
    stride = List.copyOf(stride);
  }
}
