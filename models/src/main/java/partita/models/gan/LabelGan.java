package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import partita.models.layer.Layer;
import partita.models.layer.Mode;
import partita.models.network.Condition;
import partita.models.op.OwnMemory;
import partita.models.random.CounterRandom;
import partita.models.train.Adam;
import partita.models.train.AdamConfig;
import partita.models.train.BatchRandom;
import partita.models.train.Cadence;
import partita.models.train.EpochOrder;
import partita.models.train.ExponentialAverage;
import partita.models.train.Follower;
import partita.models.train.Losses;
import partita.models.train.Objective;
import partita.models.train.Position;
import partita.models.train.Schedule;
import partita.models.train.TrainableSystem;
import partita.models.train.Update;
import partita.models.train.Watch;

/**
 * A GAN conditioned on labels of its real samples, on a generator's index, or on nothing: the
 * self-conditioned GAN (Liu et al., CVPR 2020) between two clusterings, and its baselines. One step
 * is an update of D and one of G with the same z and labels, which are those of the real batch. As
 * G does not change between them, its samples are made once.
 *
 * <p>Arrays belong to the manager given at construction.
 */
public final class LabelGan {
  public static final String GENERATOR = "generator";
  public static final String DISCRIMINATOR = "discriminator";

  private static final String D = "D";
  private static final String G = "G";

  /** No loss of a GAN that still learns is near this. */
  private static final double DIVERGED = 1e4;

  private final NDManager manager;
  private final GanNetworks networks;
  private final LabelGanTraining training;
  private final RealData data;
  private final LabelSource labels;
  private final BatchRandom random;
  private final EpochOrder order;
  private final LabelGenerator generator;
  private final LabelDiscriminator discriminator;
  private final LabelGanLosses losses;

  /** What D's update left for G's of the same step. */
  private @Nullable Fake fake;

  private record Fake(NDArray samples, Condition condition) {}

  /**
   * Networks with their first weights, a function of {@code seed}.
   *
   * @param labels as many as the networks are conditioned on; {@link Unlabeled} for a mixture,
   *     whose generators are drawn uniformly
   */
  public LabelGan(
      NDManager manager,
      GanNetworks networks,
      LabelGanTraining training,
      RealData data,
      LabelSource labels,
      long seed) {
    requireFit(networks, data, labels);
    this.manager = manager;
    this.networks = networks;
    this.training = training;
    this.data = data;
    this.labels = labels;
    this.random =
        new BatchRandom(Math.multiplyExact(training.batch(), networks.packing()), 1, seed);
    this.order = random.order(data.rows());
    this.generator = networks.generator(manager);
    this.discriminator = networks.discriminator(manager);
    generator.initialize(seedOf(seed, GENERATOR));
    discriminator.initialize(seedOf(seed, DISCRIMINATOR));
    this.losses = new LabelGanLosses(discriminator, training);
  }

  /** What the trainer drives: D, then G, then what follows them. */
  public TrainableSystem system() {
    Map<String, Layer> named = new LinkedHashMap<>();
    named.put(GENERATOR, generator);
    named.put(DISCRIMINATOR, discriminator);
    List<Follower> followers = new ArrayList<>();
    if (training.averageDecay() > 0) {
      followers.add(
          new ExponentialAverage(
              GENERATOR, generator, training.averageDecay(), training.averageStart()));
    }
    followers.addAll(labels.followers());
    return new TrainableSystem(
        named,
        List.of(
            update(
                D,
                discriminator,
                training.discriminatorAdam(),
                training.batch() * networks.packing(),
                this::discriminatorLoss),
            update(G, generator, training.generatorAdam(), 0, this::generatorLoss)),
        followers,
        List.of(Watch.divergence(DIVERGED, Set.of(D, G)::contains)));
  }

  private Update update(
      String name, Layer network, AdamConfig adam, int counted, Objective objective) {
    return new Update(
        name,
        network.parameters(),
        new Adam(manager, network.parameters(), adam),
        Cadence.EACH_STEP,
        Schedule.CONSTANT,
        counted,
        objective);
  }

  private Losses discriminatorLoss(Position position) throws IOException {
    long[] rows = random.next(order, position);
    NDArray real = data.augmented(manager, rows, position);
    Condition condition = condition(new RealBatch(rows, real, position));
    Fake made = new Fake(generator.forward(latent(position), condition, Mode.TRAINING), condition);
    keep(made);
    Losses found = losses.discriminator(real, made.samples(), condition);
    found.watched().putAll(labels.watched());
    return found;
  }

  private Losses generatorLoss(Position position) {
    Fake made = take(position);
    return losses.generator(made.samples(), made.condition());
  }

  /** Carries arrays over the end of this update's scope. */
  private void keep(Fake made) {
    NDScope.unregister(made.samples());
    made.condition().parts().values().forEach(NDScope::unregister);
    fake = made;
  }

  private Fake take(Position position) {
    Fake made = fake;
    if (made == null) {
      throw new IllegalStateException(
          "Cannot update G in step " + position.step() + ": D was not updated before");
    }
    NDScope.register(made.samples());
    made.condition().parts().values().forEach(NDScope::register);
    fake = null;
    return made;
  }

  private Condition condition(RealBatch batch) {
    return switch (networks.labeling()) {
      case NONE -> Condition.NONE;
      case EMBEDDED -> Condition.NONE.withLabels(labels.of(batch, discriminator));
      case MIXTURE -> Condition.NONE.withLabels(generators(batch.position()));
    };
  }

  private NDArray generators(Position position) {
    int[] drawn = random.below(networks.labels(), "mixture", position);
    return manager.create(Arrays.stream(drawn).asLongStream().toArray());
  }

  private NDArray latent(Position position) {
    float[] normals = random.normals(networks.latentWidth(), "latent", position);
    return OwnMemory.of(
        manager,
        normals,
        new Shape(normals.length / networks.latentWidth(), networks.latentWidth()));
  }

  private static long seedOf(long seed, String network) {
    return new CounterRandom(seed, network).bits(0, 0, 0);
  }

  private static void requireFit(GanNetworks networks, RealData data, LabelSource labels) {
    if (!networks.sampleShape().equals(data.shape())) {
      throw new IllegalArgumentException(
          "Cannot train: samples of the data are %s, the networks make %s"
              .formatted(data.shape(), networks.sampleShape()));
    }
    int expected = networks.labeling() == GanNetworks.Labeling.EMBEDDED ? networks.labels() : 0;
    if (labels.labels() != expected) {
      throw new IllegalArgumentException(
          "Cannot train: the data has %d labels, the networks are conditioned on %d"
              .formatted(labels.labels(), expected));
    }
    labels.requireRows(data.rows());
  }
}
