package partita.models.train;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** A state that is being restored: every tensor must be taken exactly once. */
public final class Saved {
  private final Map<String, NamedTensor> left = new HashMap<>();

  Saved(TrainingState state) {
    for (NamedTensor tensor : state.tensors()) {
      left.put(key(tensor.role(), tensor.name()), tensor);
    }
  }

  /** Whether there is such a tensor, not taken yet. */
  public boolean has(TensorRole role, String name) {
    return left.containsKey(key(role, name));
  }

  /** Takes a tensor; an error names what is not there. */
  public NamedTensor take(TensorRole role, String name) {
    NamedTensor tensor = left.remove(key(role, name));
    if (tensor == null) {
      throw new IllegalArgumentException(
          "Cannot continue training: the state has no %s; it is incomplete or belongs to another configuration"
              .formatted(key(role, name)));
    }
    return tensor;
  }

  /** Names that begin with {@code prefix} and were not taken yet, sorted. */
  Iterable<String> names(TensorRole role, String prefix) {
    TreeSet<String> names = new TreeSet<>();
    for (NamedTensor tensor : left.values()) {
      if (tensor.role() == role && tensor.name().startsWith(prefix)) {
        names.add(tensor.name());
      }
    }
    return names;
  }

  void requireEmpty() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot continue training: the state holds %s, which this configuration does not have"
              .formatted(new TreeSet<>(left.keySet())));
    }
  }

  private static String key(TensorRole role, String name) {
    return role + " " + name;
  }
}
