package partita.models.network;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps the outputs of a network's named layers, so that they can serve as features. */
public final class Features implements Tap {
  private final Predicate<String> wanted;
  private final Set<String> seen = new LinkedHashSet<>();
  private final Map<String, NDArray> outputs = new LinkedHashMap<>();

  /** Keeps the outputs of all layers. */
  public Features() {
    this(layer -> true);
  }

  private Features(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  /** Keeps the output of one layer, so that the network can free the others early. */
  public static Features only(String layer) {
    return new Features(layer::equals);
  }

  /** Keeps the outputs of some layers. */
  public static Features only(List<String> layers) {
    return new Features(layers::contains);
  }

  @Override
  public void see(String layer, NDArray output) {
    seen.add(layer);
    if (wanted.test(layer)) {
      outputs.put(layer, output);
    }
  }

  @Override
  public boolean keeps(NDArray output) {
    return outputs.values().stream().anyMatch(kept -> kept == output);
  }

  /**
   * Output of one layer in the forward pass that this tap was given to.
   *
   * @throws IllegalArgumentException if the network has no such layer; the message names those it
   *     has
   */
  public NDArray of(String layer) {
    NDArray output = outputs.get(layer);
    if (output == null) {
      throw new IllegalArgumentException(
          "Cannot take features of layer %s: the network has %s".formatted(layer, seen));
    }
    return output;
  }
}
