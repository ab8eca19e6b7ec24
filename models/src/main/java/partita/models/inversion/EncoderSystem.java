package partita.models.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.gan.ImageGanNetworks;
import partita.models.gan.LabelGenerator;
import partita.models.layer.Mode;
import partita.models.loss.CrossEntropyLoss;
import partita.models.network.Condition;
import partita.models.op.Gradients;
import partita.models.op.OwnMemory;
import partita.models.op.TorchScript;
import partita.models.train.Adam;
import partita.models.train.AdamConfig;
import partita.models.train.BatchRandom;
import partita.models.train.Cadence;
import partita.models.train.Losses;
import partita.models.train.Position;
import partita.models.train.Schedule;
import partita.models.train.TrainableSystem;
import partita.models.train.Update;
import partita.models.train.Watch;

/**
 * Trains an {@link Encoder} on images that a generator makes, which stays as it is (Liu et al.,
 * CVPR 2020, equation 5): {@code |z' - z|^2 + |G(z', c) - x|^2 + cross entropy(c', c)} with {@code
 * x = G(z, c)}, where the squares are means, as appendix C.3 says of the second. G is given the
 * true c there, not the inferred c'.
 *
 * <p>Not done: the equation's term of a hidden layer of G, and the training of single layers before
 * that of the whole, of which the paper says neither the layers nor the steps.
 */
public final class EncoderSystem {
  public static final String NETWORK = "encoder";

  /** A guess of z is off by 1 in each number; cross entropy among a thousand labels is 6.9. */
  private static final double DIVERGED = 1e4;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def squared(self: __torch__.Ops, found: Tensor, wanted: Tensor) -> Tensor:
              return torch.mse_loss(found, wanted)
          """);

  private final NDManager manager;
  private final ImageGanNetworks networks;
  private final LabelGenerator generator;
  private final EncoderTraining training;
  private final LabelDraws labels;
  private final BatchRandom random;
  private final Encoder encoder;

  /**
   * An encoder with its first weights, a function of {@code seed}.
   *
   * @param generator trained, in the shape of the networks
   * @param labels that images are conditioned on
   */
  public EncoderSystem(
      NDManager manager,
      ImageGanNetworks networks,
      LabelGenerator generator,
      EncoderTraining training,
      LabelDraws labels,
      long seed) {
    this.manager = manager;
    this.networks = networks;
    this.generator = generator;
    this.training = training;
    this.labels = labels;
    this.random = new BatchRandom(training.batch(), 1, seed);
    this.encoder = new Encoder(manager, networks, generator);
    encoder.initialize(seed);
  }

  /** What the trainer drives. */
  public TrainableSystem system() {
    Map<String, NDArray> trained = encoder.trained();
    Update update =
        new Update(
            "loss",
            trained,
            new Adam(manager, trained, AdamConfig.of(training.learningRate())),
            Cadence.EACH_STEP,
            Schedule.CONSTANT,
            training.batch(),
            this::loss);
    return new TrainableSystem(
        Map.of(NETWORK, encoder), List.of(update), List.of(), List.of(Watch.divergence(DIVERGED)));
  }

  private Losses loss(Position position) {
    NDArray z = latent(position);
    Condition condition = condition(position);
    NDArray x;
    try (Gradients.Recording paused = Gradients.pause()) {
      x = generator.forward(z, condition, Mode.EVALUATION);
    }
    NDArray features = encoder.features(x, Mode.TRAINING);
    NDArray found = encoder.latent(features, Mode.TRAINING);
    Map<String, NDArray> watched = new LinkedHashMap<>();
    watched.put("latent", squared(found, z));
    watched.put("pixels", squared(generator.forward(found, condition, Mode.EVALUATION), x));
    if (encoder.labeled()) {
      NDArray scores = encoder.labels(features, generator, Mode.TRAINING);
      watched.put("labels", CrossEntropyLoss.of(scores, condition.labels()));
    }
    return new Losses(watched.values().stream().reduce(NDArray::add).orElseThrow(), watched);
  }

  private NDArray latent(Position position) {
    int width = networks.latentWidth();
    float[] normals = random.normals(width, "encode.latent", position);
    return OwnMemory.of(manager, normals, new Shape(training.batch(), width));
  }

  private Condition condition(Position position) {
    if (!encoder.labeled()) {
      return Condition.NONE;
    }
    int[] drawn = labels.of(position.index() * training.batch(), training.batch());
    return Condition.NONE.withLabels(manager.create(Arrays.stream(drawn).asLongStream().toArray()));
  }

  private static NDArray squared(NDArray found, NDArray wanted) {
    return OPS.run(found.getManager(), "squared", found, wanted);
  }
}
