package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.network.Condition;

/** A generator conditioned on a label or on nothing. */
public abstract class LabelGenerator extends Layer {

  protected LabelGenerator(NDManager manager) {
    super(manager);
  }

  /**
   * Samples.
   *
   * @param z {@code [N, latentWidth]}
   * @param condition labels in [0, k), or {@link Condition#NONE} for a network without
   * @return {@code [N, ...]} of the shape of a sample; images are in [-1, 1]
   */
  public abstract NDArray forward(NDArray z, Condition condition, Mode mode);
}
