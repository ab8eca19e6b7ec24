package partita.models.gan;

import ai.djl.ndarray.NDArray;
import partita.models.random.CounterRandom;

/**
 * Uniformly random labels, drawn anew in each step: the ablation of the paper's Table 1. A function
 * of seed, step and place in the batch.
 */
public final class UniformLabels implements LabelSource {
  private final int labels;
  private final CounterRandom random;

  public UniformLabels(int labels, long seed) {
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
