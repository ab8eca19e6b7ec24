package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.network.Condition;

/**
 * A discriminator {@code D = D_h . D_f} (Liu et al., section 3): {@code D_f} makes the features
 * that are clustered, {@code D_h} the scores.
 */
public abstract class LabelDiscriminator extends Layer {

  protected LabelDiscriminator(NDManager manager) {
    super(manager);
  }

  /**
   * {@code D_f}: the last hidden layer.
   *
   * @param x {@code [N, ...]} of the shape of a sample; packed networks take {@code N = m * P}
   *     samples, of which each m in succession are judged together
   * @return {@code [N, featureWidth]}, or {@code [P, featureWidth]} of packs
   */
  public abstract NDArray features(NDArray x, Mode mode);

  /**
   * {@code D_h}: the logit of being real, that of the label's output where there are labels.
   *
   * @param features {@code [N, featureWidth]}
   * @param condition labels of the rows, ignored by networks that are not conditioned
   * @return {@code [N]}
   */
  public abstract NDArray score(NDArray features, Condition condition, Mode mode);
}
