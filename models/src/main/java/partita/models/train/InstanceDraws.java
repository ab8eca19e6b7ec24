package partita.models.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import partita.models.network.Condition;
import partita.models.op.OwnMemory;
import partita.models.row.RowSource;

/**
 * The random choices of IC-GAN: which instance, which of its neighbors, flipped or not. The
 * instances of real pairs follow an epoch order; those of fake pairs are drawn uniformly. With
 * labels the condition has that of a neighbor: in a real pair the one whose image it is, in a fake
 * pair one drawn alike (paper, section 2; official code, {@code instance_balance}).
 */
public final class InstanceDraws implements PairDraws {
  private final NDManager manager;
  private final InstanceData data;
  private final IcGanTraining training;
  private final BatchRandom random;
  private final EpochOrder order;

  /** Instances by row, and whether each gives its flipped image's features. */
  private record Instances(long[] rows, boolean[] mirrored) {}

  /**
   * @param manager owns what is drawn
   */
  public InstanceDraws(NDManager manager, InstanceData data, IcGanTraining training, long seed) {
    this.manager = manager;
    this.data = data;
    this.training = training;
    this.random = new BatchRandom(training.batch(), training.accumulations(), seed);
    this.order = random.order(data.images().rows());
  }

  @Override
  public Pairs real(Position position) throws IOException {
    Instances instances = instances(random.next(order, position), "D.real", position);
    long[] neighbors = neighbors(instances, "neighbor", position);
    boolean[] flipped = random.coins(training.flipImages(), "flip", position);
    return new Pairs(
        PixelBatch.load(manager, data.images(), neighbors, flipped),
        condition(instances, neighbors));
  }

  @Override
  public Condition fake(String purpose, Position position) throws IOException {
    int[] rows = random.below(data.images().rows(), purpose + ".instance", position);
    Instances instances =
        instances(Arrays.stream(rows).asLongStream().toArray(), purpose, position);
    long[] neighbors =
        data.labels().isPresent()
            ? neighbors(instances, purpose + ".neighbor", position)
            : new long[0];
    return condition(instances, neighbors);
  }

  private Instances instances(long[] rows, String purpose, Position position) {
    boolean wanted = training.flipInstances() && data.mirrored().isPresent();
    return new Instances(rows, random.coins(wanted, purpose + ".mirror", position));
  }

  /** For each instance the row of one of its neighbors, drawn uniformly. */
  private long[] neighbors(Instances instances, String stream, Position position)
      throws IOException {
    int[] ranks = random.below(data.neighbors().k(), stream, position);
    long[] rows = new long[ranks.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = data.neighbors().neighbor(instances.rows()[i], ranks[i]);
    }
    return rows;
  }

  private Condition condition(Instances instances, long[] neighbors) {
    int width = data.features().width();
    FloatBuffer features = FloatBuffer.allocate(instances.rows().length * width);
    for (int i = 0; i < instances.rows().length; i++) {
      RowSource source = instances.mirrored()[i] ? data.mirrored().orElseThrow() : data.features();
      source.read(instances.rows()[i], 1, features);
    }
    Condition condition =
        Condition.NONE.withFeatures(
            OwnMemory.of(manager, features.array(), new Shape(instances.rows().length, width)));
    return data.labels()
        .map(labels -> condition.withLabels(manager.create(labels.of(neighbors))))
        .orElse(condition);
  }
}
