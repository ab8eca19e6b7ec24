package partita.models.network;

import ai.djl.ndarray.NDArray;

/** Sees the output of each named layer of a network while it runs. */
@FunctionalInterface
public interface Tap {
  /** Looks at nothing. */
  Tap NONE =
      new Tap() {
        @Override
        public void see(String layer, NDArray output) {}

        @Override
        public boolean keeps(NDArray output) {
          return false;
        }
      };

  /**
   * @param layer name of the layer, the prefix of its parameters' names
   * @param output what it computed; it lives as long as the caller's scope if the tap keeps it
   */
  void see(String layer, NDArray output);

  /** Whether an output that was seen is still needed when the network itself is done with it. */
  default boolean keeps(NDArray output) {
    return true;
  }
}
