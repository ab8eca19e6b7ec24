package partita.models.network;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the outputs of a network's named layers, so that they can serve as features. */
public final class Features implements Tap {
  private final Map<String, NDArray> outputs = new LinkedHashMap<>();

  @Override
  public void see(String layer, NDArray output) {
    outputs.put(layer, output);
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
          "Cannot take features of layer %s: the network has %s"
              .formatted(layer, outputs.keySet()));
    }
    return output;
  }
}
