package partita.models.gan;

import ai.djl.ndarray.NDArray;
import partita.models.random.CounterRandom;

/** Uniformly random labels; a function of seed, step and place in the batch. */
final class RandomLabels implements LabelSource {
  private final int labels;
  private final CounterRandom random;

  RandomLabels(int labels, long seed) {
    this.labels = labels;
    this.random = new CounterRandom(seed, "label");
  }

  @Override
  public int labels() {
    return labels;
  }

  @Override
  public NDArray of(RealBatch batch, LabelDiscriminator live) {
    long[] drawn = new long[batch.rows().length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.below(labels, batch.position().step(), i, 0);
    }
    return batch.samples().getManager().create(drawn);
  }
}
