package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import partita.models.layer.Mode;
import partita.models.loss.CrossEntropyLoss;
import partita.models.network.ConvNetClassifier;
import partita.models.network.ConvNetConfig;
import partita.models.random.CounterRandom;
import partita.models.train.Adam;
import partita.models.train.AdamConfig;
import partita.models.train.Cadence;
import partita.models.train.EpochOrder;
import partita.models.train.ImageSource;
import partita.models.train.Losses;
import partita.models.train.PixelBatch;
import partita.models.train.Position;
import partita.models.train.Schedule;
import partita.models.train.TrainableSystem;
import partita.models.train.Update;
import partita.models.train.Watch;

/** A classifier trained on labeled images with cross entropy. */
public final class ClassifierSystem {
  public static final String NETWORK = "classifier";

  /** Cross entropy of a guess among a thousand classes is 6.9. */
  private static final double DIVERGED = 1e3;

  private final NDManager manager;
  private final ConvNetClassifier network;
  private final ClassifierTraining training;
  private final ImageSource images;
  private final int[] labels;
  private final EpochOrder order;
  private final CounterRandom flips;

  /**
   * A network with its first weights, a function of {@code seed}.
   *
   * @param labels class of each image, {@code 0 .. config.classes() - 1}
   */
  public ClassifierSystem(
      NDManager manager,
      ConvNetConfig config,
      ClassifierTraining training,
      ImageSource images,
      int[] labels,
      long seed) {
    requireLabels("train", labels, images.rows(), config.classes());
    this.manager = manager;
    this.training = training;
    this.images = images;
    this.labels = labels.clone();
    this.network = new ConvNetClassifier(manager, config);
    network.initialize(seed);
    this.order = new EpochOrder(Math.toIntExact(images.rows()), new CounterRandom(seed, "epoch"));
    this.flips = new CounterRandom(seed, "flip");
  }

  public ConvNetClassifier network() {
    return network;
  }

  /** What the trainer drives. */
  public TrainableSystem system() {
    Map<String, NDArray> parameters = network.parameters();
    Update update =
        new Update(
            "loss",
            parameters,
            new Adam(manager, parameters, AdamConfig.of(training.learningRate())),
            Cadence.EACH_STEP,
            Schedule.cosine(training.steps(images.rows())),
            training.batch(),
            this::loss);
    return new TrainableSystem(
        Map.of(NETWORK, network), List.of(update), List.of(), List.of(Watch.divergence(DIVERGED)));
  }

  private Losses loss(Position position) throws IOException {
    int batch = training.batch();
    long[] rows = new long[batch];
    boolean[] mirrored = new boolean[batch];
    long[] classes = new long[batch];
    for (int i = 0; i < batch; i++) {
      int row = order.row(position.index() * batch + i);
      rows[i] = row;
      classes[i] = labels[row];
      mirrored[i] = training.flips() && flips.bits(position.step(), i, 0) < 0;
    }
    NDArray pixels = PixelBatch.load(manager, images, rows, mirrored);
    NDArray expected = manager.create(classes, new Shape(batch));
    NDArray logits = network.forward(pixels, Mode.TRAINING).logits();
    NDArray accuracy = logits.argMax(1).eq(expected).toType(DataType.FLOAT32, false).mean();
    return new Losses(CrossEntropyLoss.of(logits, expected), Map.of("accuracy", accuracy));
  }

  static void requireLabels(String purpose, int[] labels, long images, int classes) {
    if (labels.length != images) {
      throw new IllegalArgumentException(
          "Cannot %s classifier: found %d labels for %d images"
              .formatted(purpose, labels.length, images));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "Cannot %s classifier: image %d has label %d, expected 0 to %d; use labeled images"
                .formatted(purpose, i, labels[i], classes - 1));
      }
    }
  }
}
