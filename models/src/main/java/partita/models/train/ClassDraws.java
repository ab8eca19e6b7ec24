package partita.models.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import partita.models.network.Condition;

/**
 * The random choices of BigGAN on labels: real images under their own labels in an epoch order,
 * classes of images to be generated uniformly, as the official code draws them.
 */
final class ClassDraws implements PairDraws {
  private final NDManager manager;
  private final LabeledImages data;
  private final int classes;
  private final IcGanTraining training;
  private final BatchRandom random;
  private final EpochOrder order;

  ClassDraws(
      NDManager manager, LabeledImages data, int classes, IcGanTraining training, long seed) {
    this.manager = manager;
    this.data = data;
    this.classes = classes;
    this.training = training;
    this.random = new BatchRandom(training.batch(), training.accumulations(), seed);
    this.order = random.order(data.images().rows());
  }

  @Override
  public Pairs real(Position position) throws IOException {
    long[] rows = random.next(order, position);
    boolean[] flipped = random.coins(training.flipImages(), "flip", position);
    return new Pairs(
        PixelBatch.load(manager, data.images(), rows, flipped), condition(data.labels().of(rows)));
  }

  @Override
  public Condition fake(String purpose, Position position) {
    return condition(
        Arrays.stream(random.below(classes, purpose + ".label", position))
            .asLongStream()
            .toArray());
  }

  private Condition condition(long[] labels) {
    return Condition.NONE.withLabels(manager.create(labels));
  }
}
