package partita.models.weights;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The {@code state_dict} of what {@code torch.save} saved: the whole, or an entry of it. */
final class StateDict {
  /** Where checkpoints keep the weights, outermost first. */
  private static final List<List<String>> PLACES =
      List.of(
          List.of(),
          List.of("state_dict"),
          List.of("model"),
          List.of("state_dict_best", "feat_model"));

  private static final int SHOWN_KEYS = 20;

  private StateDict() {}

  /**
   * Tensors by name, sorted.
   *
   * @throws FormatException if there are none
   */
  static Map<String, TensorLayout> tensors(Object root) throws FormatException {
    for (List<String> place : PLACES) {
      Map<String, TensorLayout> tensors = at(root, place);
      if (!tensors.isEmpty()) {
        return tensors;
      }
    }
    String found =
        root instanceof Map<?, ?> map
            ? map.keySet().stream()
                .limit(SHOWN_KEYS)
                .map(key -> ZipDirectory.printable(key.toString()))
                .collect(Collectors.joining(", ", "the entries [", "]"))
            : "no dictionary";
    throw new FormatException(
        "it holds no state_dict; it has %s; save the network's state_dict alone with torch.save"
            .formatted(found));
  }

  private static Map<String, TensorLayout> at(Object root, List<String> place) {
    Object found = root;
    for (String key : place) {
      found = found instanceof Map<?, ?> map && map.get(key) != null ? map.get(key) : Pickle.NONE;
    }
    Map<String, TensorLayout> tensors = new TreeMap<>();
    if (found instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (value instanceof TensorLayout tensor) {
              tensors.put(key.toString(), tensor);
            }
          });
    }
    return tensors;
  }
}
