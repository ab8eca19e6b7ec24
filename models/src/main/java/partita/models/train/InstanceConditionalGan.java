package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.layer.Layer;
import partita.models.network.BigGanConfig;
import partita.models.network.BigGanDiscriminator;
import partita.models.network.BigGanGenerator;
import partita.models.network.Condition;
import partita.models.op.OwnMemory;
import partita.models.random.CounterRandom;

/**
 * IC-GAN (Casanova et al., "Instance-conditioned GAN", NeurIPS 2021) on BigGAN without labels. A
 * real pair is the features h of an instance and the image of one of its k nearest neighbors; a
 * fake pair is h and G(z, h). One step is {@code discriminatorSteps} updates of D and one of G.
 *
 * <p>Arrays belong to the manager given at construction.
 */
public final class InstanceConditionalGan {
  public static final String GENERATOR = "generator";
  public static final String DISCRIMINATOR = "discriminator";

  /** No loss of a hinge GAN that still learns is near this. */
  private static final double DIVERGED = 1e4;

  /** Deviation between images of a batch, where [-1, 1] is the range, of a generator that lives. */
  private static final double COLLAPSED = 0.005;

  private static final int COLLAPSED_STEPS = 100;

  /** Hinge loss of a discriminator that has nothing left to learn. */
  private static final double SEPARATED = 1e-3;

  private static final int SEPARATED_STEPS = 1_000;

  private final NDManager manager;
  private final BigGanGenerator generator;
  private final BigGanDiscriminator discriminator;
  private final AdversarialLosses losses;
  private final ExponentialAverage average;
  private final IcGanTraining training;
  private final PairDraws draws;
  private final BatchRandom random;

  /**
   * IC-GAN with its first weights, a function of {@code seed}. It is conditioned on labels too if
   * the network is.
   */
  public InstanceConditionalGan(
      NDManager manager,
      BigGanConfig config,
      IcGanTraining training,
      InstanceData data,
      long seed) {
    this(
        manager,
        config,
        training,
        requireFit(config, data),
        new InstanceDraws(manager, data, training, seed),
        seed);
  }

  /** The baseline, BigGAN conditioned on labels, with its first weights. */
  public InstanceConditionalGan(
      NDManager manager,
      BigGanConfig config,
      IcGanTraining training,
      LabeledImages data,
      long seed) {
    this(
        manager,
        config,
        training,
        requireFit(config, data),
        new ClassDraws(manager, data, config.classes(), training, seed),
        seed);
  }

  private InstanceConditionalGan(
      NDManager manager,
      BigGanConfig config,
      IcGanTraining training,
      ImageSource images,
      PairDraws draws,
      long seed) {
    requireFit(config, images);
    this.manager = manager;
    this.training = training;
    this.draws = draws;
    this.random = new BatchRandom(training.batch(), training.accumulations(), seed);
    this.generator = new BigGanGenerator(manager, config);
    this.discriminator = new BigGanDiscriminator(manager, config);
    generator.initialize(seedOf(seed, GENERATOR));
    discriminator.initialize(seedOf(seed, DISCRIMINATOR));
    this.losses = new AdversarialLosses(generator, discriminator);
    this.average =
        new ExponentialAverage(
            GENERATOR, generator, training.averageDecay(), training.averageStart());
  }

  /** What the trainer drives: D, then G, then G's average. */
  public TrainableSystem system() {
    Map<String, Layer> networks = new LinkedHashMap<>();
    networks.put(GENERATOR, generator);
    networks.put(DISCRIMINATOR, discriminator);
    return new TrainableSystem(
        networks,
        List.of(
            update(
                "D",
                discriminator,
                training.discriminatorAdam(),
                training.discriminatorSteps(),
                training.batch(),
                this::discriminatorLoss),
            update("G", generator, training.generatorAdam(), 1, 0, this::generatorLoss)),
        List.of(average),
        List.of(
            Watch.divergence(DIVERGED),
            Watch.staysBelow(
                "fake.std",
                COLLAPSED,
                COLLAPSED_STEPS,
                "the generator has collapsed to one image; lower the learning rates"),
            Watch.staysBelow(
                "D",
                SEPARATED,
                SEPARATED_STEPS,
                "the discriminator separates real from fake without error, so the generator learns"
                    + " nothing; lower the discriminator's learning rate")));
  }

  private Update update(
      String name, Layer network, AdamConfig adam, int repeats, int counted, Objective objective) {
    return new Update(
        name,
        network.parameters(),
        new Adam(manager, network.parameters(), adam),
        new Cadence(1, repeats, training.accumulations()),
        Schedule.CONSTANT,
        counted,
        objective);
  }

  private Losses discriminatorLoss(Position position) throws IOException {
    PairDraws.Pairs real = draws.real(position);
    Condition fake =
        training.pairing() == IcGanTraining.Pairing.PAPER
            ? real.condition()
            : draws.fake("D", position);
    return losses.discriminator(latent("D", position), fake, real.images(), real.condition());
  }

  private Losses generatorLoss(Position position) throws IOException {
    return losses.generator(latent("G", position), draws.fake("G", position));
  }

  private NDArray latent(String purpose, Position position) {
    int width = generator.config().latentWidth();
    return OwnMemory.of(
        manager,
        random.normals(width, purpose + ".latent", position),
        new Shape(training.batch(), width));
  }

  private static long seedOf(long seed, String network) {
    return new CounterRandom(seed, network).bits(0, 0, 0);
  }

  private static ImageSource requireFit(BigGanConfig config, InstanceData data) {
    if (data.features().width() != config.featureWidth()) {
      throw new IllegalArgumentException(
          "Cannot train: features have %d dimensions, the network is conditioned on %d"
              .formatted(data.features().width(), config.featureWidth()));
    }
    if (data.labels().isPresent() != config.classes() > 0) {
      throw new IllegalArgumentException(
          "Cannot train: the network is conditioned on %d classes, the data %s labels; give both or neither"
              .formatted(config.classes(), data.labels().isPresent() ? "has" : "has no"));
    }
    data.labels().ifPresent(labels -> labels.requireBelow(config.classes()));
    return data.images();
  }

  private static ImageSource requireFit(BigGanConfig config, LabeledImages data) {
    if (config.classes() == 0 || config.featureWidth() > 0) {
      throw new IllegalArgumentException(
          "Cannot train on classes: the network is conditioned on %d classes and %d features, expected classes alone"
              .formatted(config.classes(), config.featureWidth()));
    }
    data.labels().requireBelow(config.classes());
    return data.images();
  }

  private static void requireFit(BigGanConfig config, ImageSource images) {
    int side = config.resolution();
    if (images.channels() != config.imageChannels()
        || images.height() != side
        || images.width() != side) {
      throw new IllegalArgumentException(
          "Cannot train: images are %d x %d x %d, the network makes %d x %d x %d"
              .formatted(
                  images.channels(),
                  images.height(),
                  images.width(),
                  config.imageChannels(),
                  side,
                  side));
    }
  }
}
