package partita.models.network;

import ai.djl.ndarray.NDArray;

/** Sees the output of each named layer of a network while it runs. */
@FunctionalInterface
public interface Tap {
  /** Looks at nothing. */
  Tap NONE = (layer, output) -> {};

  /**
   * @param layer name of the layer, the prefix of its parameters' names
   * @param output what it computed; it lives as long as the caller's scope
   */
  void see(String layer, NDArray output);
}
