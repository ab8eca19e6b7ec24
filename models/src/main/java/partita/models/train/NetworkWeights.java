package partita.models.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import partita.models.layer.Layer;
import partita.models.op.Gradients;

/** The arrays of one network out of a training state, and into a network. */
public final class NetworkWeights {
  private NetworkWeights() {}

  /** The moving average of a network. */
  public static List<NamedTensor> averaged(TrainingState state, String network) {
    return named(state.of(TensorRole.AVERAGE).values(), network);
  }

  /** The parameters and buffers of a network as trained. */
  public static List<NamedTensor> trained(TrainingState state, String network) {
    List<NamedTensor> tensors =
        new ArrayList<>(named(state.of(TensorRole.PARAMETER).values(), network));
    tensors.addAll(named(state.of(TensorRole.BUFFER).values(), network));
    return tensors;
  }

  /**
   * Copies tensors named {@code network/array} into all parameters and buffers of a network; names
   * and shapes must be exactly its own.
   */
  public static void load(Layer layer, String network, Collection<NamedTensor> tensors) {
    Map<String, NDArray> targets = layer.parameters();
    targets.putAll(layer.buffers());
    Map<String, NamedTensor> found = new HashMap<>();
    named(tensors, network)
        .forEach(tensor -> found.put(tensor.name().substring(network.length() + 1), tensor));
    if (!found.keySet().equals(targets.keySet()) || found.size() != tensors.size()) {
      TreeSet<String> missing = new TreeSet<>(targets.keySet());
      missing.removeAll(found.keySet());
      TreeSet<String> unexpected = new TreeSet<>(found.keySet());
      unexpected.removeAll(targets.keySet());
      throw new IllegalArgumentException(
          "Cannot load %d weights of '%s' into %s: missing %s, unexpected %s"
              .formatted(
                  tensors.size(), network, layer.getClass().getSimpleName(), missing, unexpected));
    }
    try (Gradients.Recording paused = Gradients.pause()) {
      targets.forEach((name, target) -> found.get(name).copyTo(target));
    }
  }

  private static List<NamedTensor> named(Collection<NamedTensor> tensors, String network) {
    return tensors.stream().filter(tensor -> tensor.name().startsWith(network + "/")).toList();
  }
}
