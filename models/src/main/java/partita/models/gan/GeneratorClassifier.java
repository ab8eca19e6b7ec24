package partita.models.gan;

import ai.djl.ndarray.NDArray;

/** What a discriminator of a mixture does besides: tell which of k generators made a sample. */
public interface GeneratorClassifier {

  /**
   * Logits of the generators.
   *
   * @param features of D, {@code [N, featureWidth]}
   * @return {@code [N, k]}
   */
  NDArray generators(NDArray features);
}
