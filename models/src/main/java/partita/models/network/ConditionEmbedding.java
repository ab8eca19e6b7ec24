package partita.models.network;

import ai.djl.ndarray.NDArray;
import partita.models.layer.Mode;

/** One part of a condition as the network uses it: {@code [N, width]}. */
@FunctionalInterface
interface ConditionEmbedding {
  NDArray embed(Condition condition, Mode mode);
}
