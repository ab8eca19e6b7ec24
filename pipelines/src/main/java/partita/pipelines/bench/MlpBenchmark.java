package partita.pipelines.bench;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.gan.FixedLabels;
import partita.models.gan.LabelGan;
import partita.models.gan.LabelGanTraining;
import partita.models.gan.MlpNetworks;
import partita.models.gan.PointData;
import partita.models.op.NativeThreads;
import partita.models.synthetic.GaussianMixture;
import partita.models.train.Trainer;
import partita.models.train.TrainerOptions;

/**
 * One training step of the self-conditioned GAN on points, against the same step in PyTorch eager.
 * Both sides warm up for a fifth of the steps and give the mean of those that follow; ours includes
 * what the trainer does around a step, drawing the batch and keeping the curve. The peer does as
 * the authors' code: it makes the fake samples for D and once more for G, and judges real and fake
 * ones apart. Ours makes them once, as G has not changed, and judges both in one pass: the same
 * mathematics, and a part of the ratio.
 */
final class MlpBenchmark implements Benchmark {
  static final long SEED = 1;
  static final int LABELS = 50;
  private static final int ROWS = 100_000;

  /** No checkpoint falls into the few steps. */
  private static final TrainerOptions OPTIONS = new TrainerOptions(10, 1e9);

  @Override
  public String name() {
    return "mlp-step";
  }

  @Override
  public String title() {
    return "one update of D and one of G on points of the plane, %d labels, batch %d, mean of n steps"
        .formatted(LABELS, LabelGanTraining.ofPoints().batch());
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", (int) Math.max(5, 400 * scale), "k", LABELS);
  }

  @Override
  public Target target() {
    return Target.ratio(0.7);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(
        new Peer(
            "PyTorch eager",
            "peers.py",
            List.of(name(), "--repeat=1"),
            "torch",
            "python3-torch",
            false));
  }

  /** Products alone, which are nearly all of it. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    MlpNetworks networks = MlpNetworks.conditional(sizes.get("k"));
    double width = networks.generatorWidth();
    double units = networks.discriminatorWidth();
    double inputs = networks.latentWidth() + networks.embeddingWidth();
    double generator = inputs * width + 3 * width * width + 2 * width;
    double discriminator = networks.pieces() * units * (2 + 2 * units) + units * networks.labels();
    // G: once forward, its gradients of weights and of inputs. D: forward and both gradients of the
    // real and the fake samples, then forward and the gradient of inputs of the fake ones.
    double additions = 3 * generator + 8 * discriminator;
    return Work.singles(2 * additions * LabelGanTraining.ofPoints().batch());
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    NativeThreads.set(order.threads());
    int steps = order.size("n");
    int warmUp = Math.max(3, steps / 5);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LabelGan gan =
          new LabelGan(
              manager,
              MlpNetworks.conditional(order.size("k")),
              LabelGanTraining.ofPoints(),
              points(),
              labels(),
              SEED);
      Trainer trainer = new Trainer(gan.system(), new NoCheckpoints(), OPTIONS);
      trainer.run(warmUp, () -> false, progress -> {});
      Stopwatch watch = new Stopwatch();
      watch.time(
          steps,
          () -> {
            trainer.run(warmUp + steps, () -> false, progress -> {});
            return trainer.step();
          });
      return watch.median(Map.of());
    }
  }

  /** Rows in turn. */
  static FixedLabels labels() {
    int[] labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % LABELS;
    }
    return new FixedLabels(labels, LABELS);
  }

  static PointData points() {
    GaussianMixture mixture = GaussianMixture.grid();
    float[] points = new float[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      GaussianMixture.Point point = mixture.point(SEED, row);
      points[2 * row] = point.x();
      points[2 * row + 1] = point.y();
    }
    return new PointData(points);
  }
}
