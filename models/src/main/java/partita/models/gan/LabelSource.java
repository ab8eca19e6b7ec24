package partita.models.gan;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import partita.models.train.Follower;

/**
 * Where the labels of real samples come from. Those of a batch are what its fake samples are
 * conditioned on too, so that clusters are sampled by their size.
 */
public interface LabelSource {

  /** Number of labels k, 0 without. */
  int labels();

  /**
   * Labels of a batch, called once a step, before its updates and with gradients recorded.
   *
   * @param live the discriminator that is trained
   * @return int64 {@code [N]} in [0, k)
   */
  NDArray of(RealBatch batch, LabelDiscriminator live);

  /**
   * Refuses data that it has no labels for.
   *
   * @param rows number of rows of the data
   */
  default void requireRows(long rows) {}

  /** What changes after each step and is saved with the training. */
  default List<Follower> followers() {
    return List.of();
  }

  /** Scalars for the curve. */
  default Map<String, NDArray> watched() {
    return Map.of();
  }
}
