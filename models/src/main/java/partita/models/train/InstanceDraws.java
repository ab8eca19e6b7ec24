package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import partita.models.network.Condition;
import partita.models.random.CounterRandom;
import partita.models.row.RowSource;

/**
 * The random choices of IC-GAN, each a function of (seed, stream, step, row of the update): which
 * instance, which of its neighbors, flipped or not, and the latent vector. The instances of real
 * pairs follow an epoch order; those of fake pairs are drawn uniformly.
 */
public final class InstanceDraws {
  private final NDManager manager;
  private final InstanceData data;
  private final IcGanTraining training;
  private final long seed;
  private final EpochOrder order;

  /**
   * The instances of one micro-batch: rows, and whether each gives its flipped image's features.
   */
  public record Instances(long[] rows, boolean[] mirrored) {}

  public InstanceDraws(NDManager manager, InstanceData data, IcGanTraining training, long seed) {
    this.manager = manager;
    this.data = data;
    this.training = training;
    this.seed = seed;
    this.order = new EpochOrder(Math.toIntExact(data.images().rows()), stream("epoch"));
  }

  /** Instances of real pairs: all of them, once an epoch. */
  public Instances next(Position position) {
    long[] rows = new long[training.batch()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = order.row(position.index() * training.batch() + i);
    }
    return new Instances(rows, mirrored("D.real", position));
  }

  /** Instances drawn uniformly with replacement. */
  Instances uniform(String purpose, Position position) {
    CounterRandom random = stream(purpose + ".instance");
    int bound = Math.toIntExact(data.images().rows());
    long[] rows = new long[training.batch()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.below(bound, position.step(), key(position, i), 0);
    }
    return new Instances(rows, mirrored(purpose, position));
  }

  /** For each instance the image of one of its neighbors, drawn uniformly (paper, section 2). */
  public NDArray neighbors(Instances instances, Position position) throws IOException {
    CounterRandom random = stream("neighbor");
    long[] rows = new long[instances.rows().length];
    for (int i = 0; i < rows.length; i++) {
      int rank = random.below(data.neighbors().k(), position.step(), key(position, i), 0);
      rows[i] = data.neighbors().neighbor(instances.rows()[i], rank);
    }
    return PixelBatch.load(
        manager, data.images(), rows, coins("flip", position, training.flipImages()));
  }

  /** Features of the instances. */
  public Condition condition(Instances instances) {
    int width = data.features().width();
    FloatBuffer features = FloatBuffer.allocate(instances.rows().length * width);
    for (int i = 0; i < instances.rows().length; i++) {
      RowSource source = instances.mirrored()[i] ? data.mirrored().orElseThrow() : data.features();
      source.read(instances.rows()[i], 1, features);
    }
    return Condition.NONE.withFeatures(
        manager.create(features.array(), new Shape(instances.rows().length, width)));
  }

  /** Standard normals {@code [batch, width]}. */
  NDArray latent(String purpose, Position position, int width) {
    CounterRandom random = stream(purpose + ".latent");
    float[] values = new float[training.batch() * width];
    for (int i = 0; i < training.batch(); i++) {
      random.normals(position.step(), key(position, i), values, i * width, width);
    }
    return manager.create(values, new Shape(training.batch(), width));
  }

  private boolean[] mirrored(String purpose, Position position) {
    return coins(
        purpose + ".mirror", position, training.flipInstances() && data.mirrored().isPresent());
  }

  private boolean[] coins(String name, Position position, boolean wanted) {
    boolean[] coins = new boolean[training.batch()];
    CounterRandom random = stream(name);
    for (int i = 0; i < coins.length; i++) {
      coins[i] = wanted && random.bits(position.step(), key(position, i), 0) < 0;
    }
    return coins;
  }

  /** Row within all micro-batches of the step. */
  private long key(Position position, int row) {
    return ((long) position.repeat() * training.accumulations() + position.accumulation())
            * training.batch()
        + row;
  }

  private CounterRandom stream(String name) {
    return new CounterRandom(seed, name);
  }
}
