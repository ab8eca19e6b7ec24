package partita.models.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few names of Python's that a file of weights needs, and what each means as data. */
final class TorchGlobals {
  /** As in PyTorch. */
  private static final int MOST_DIMENSIONS = 64;

  private TorchGlobals() {}

  /** What a pickle may call: it makes data of data. */
  @FunctionalInterface
  interface Callable {
    Object call(List<?> arguments) throws FormatException;
  }

  /**
   * A name's meaning.
   *
   * @throws FormatException if it is none of the few, with the name
   */
  static Object find(String module, String name) throws FormatException {
    Optional<StorageType> type =
        module.equals("torch") ? StorageType.ofTorchClass(name) : Optional.empty();
    if (type.isPresent()) {
      return type.get();
    }
    return switch (module + "." + name) {
      case "collections.OrderedDict" -> (Callable) TorchGlobals::dictionary;
      case "torch._utils._rebuild_tensor_v2" -> (Callable) TorchGlobals::tensor;
      case "torch._utils._rebuild_parameter" -> (Callable) arguments -> arguments.get(0);
      case "torch.Size" -> (Callable) arguments -> arguments.get(0);
      default ->
          throw new FormatException(
              "it asks to run %s.%s, and only tensors, dictionaries, lists, numbers and text are read; if you trust the file, save its state_dict alone with torch.save"
                  .formatted(module, name));
    };
  }

  /** The storage that a persistent id stands for. */
  static TensorLayout.Storage storage(List<?> id) throws FormatException {
    // Files before PyTorch 1.6 have a sixth entry, for storages that are part of others.
    if (!id.get(0).equals("storage") || (id.size() > 5 && id.get(5) != Pickle.NONE)) {
      throw new FormatException("it stores something else than tensors of their own");
    }
    if (!(id.get(1) instanceof StorageType type)) {
      throw new FormatException("it has a storage without an element type");
    }
    String key = (String) id.get(2);
    long elements = (Long) id.get(4);
    if (elements < 0 || elements > StorageType.MOST_ELEMENTS) {
      throw new FormatException("its storage %s has %d elements".formatted(key, elements));
    }
    return new TensorLayout.Storage(type, key, elements);
  }

  private static Object tensor(List<?> arguments) throws FormatException {
    List<Long> shape = longs((List<?>) arguments.get(2));
    List<Long> stride = longs((List<?>) arguments.get(3));
    if (shape.size() > MOST_DIMENSIONS) {
      throw new FormatException("it has a tensor of %,d dimensions".formatted(shape.size()));
    }
    if (shape.size() != stride.size()) {
      throw new FormatException(
          "it has a tensor of shape %s with strides %s".formatted(shape, stride));
    }
    return new TensorLayout(
        (TensorLayout.Storage) arguments.get(0), (Long) arguments.get(1), shape, stride);
  }

  private static Object dictionary(List<?> arguments) throws FormatException {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      for (Object entry : (List<?>) arguments.get(0)) {
        List<?> pair = (List<?>) entry;
        if (!(pair.get(0) instanceof String key)) {
          throw new FormatException("it has a dictionary whose keys are no text");
        }
        dictionary.put(key, pair.get(1));
      }
    }
    return dictionary;
  }

  private static List<Long> longs(List<?> values) {
    List<Long> longs = new ArrayList<>();
    values.forEach(value -> longs.add((Long) value));
    return longs;
  }
}
