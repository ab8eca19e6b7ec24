package partita.models.gan;

import ai.djl.ndarray.NDArray;

/** Networks without labels are never given any. */
public final class Unlabeled implements LabelSource {

  @Override
  public int labels() {
    return 0;
  }

  @Override
  public NDArray of(RealBatch batch, LabelDiscriminator live) {
    throw new IllegalStateException("Cannot label a batch: there are no labels");
  }
}
