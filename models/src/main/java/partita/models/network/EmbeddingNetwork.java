package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;

/** A network that embeds images: the output of any of its named layers can serve as features. */
public interface EmbeddingNetwork {

  /** Owner of the weights. */
  NDManager manager();

  /** Named layers from input to output, with the number of channels of each. */
  Map<String, Integer> layers();

  /** Number of class scores, 0 if it gives none. */
  int classes();

  /**
   * Evaluates a batch.
   *
   * @param images float32 {@code [N, C, H, W]} in [-1, 1]
   * @param tap sees the named layers, {@code [N, channels, H', W']} or {@code [N, channels]}
   * @return class scores before the softmax {@code [N, classes]}, if it gives any
   */
  Optional<NDArray> evaluate(NDArray images, Tap tap);
}
