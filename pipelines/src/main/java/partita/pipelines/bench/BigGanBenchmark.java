package partita.pipelines.bench;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import partita.models.network.BigGanConfig;
import partita.models.network.BigGanWork;
import partita.models.op.NativeThreads;
import partita.models.train.IcGanTraining;
import partita.models.train.InstanceConditionalGan;
import partita.models.train.Trainer;
import partita.models.train.TrainerOptions;

/**
 * One training step of BigGAN conditioned on instances, against the same step in PyTorch eager.
 * Both sides take two steps before the timing, and the time is the median of the timed steps.
 */
final class BigGanBenchmark implements Benchmark {
  /** Side of the images; other sizes are asked for by the size {@code side}. */
  private static final int SIDE = 32;

  private static final int FEATURES = 512;
  private static final int WARM_UP = 2;
  private static final int ROWS = 10_000;
  private static final long SEED = 1;

  /** No checkpoint falls into the few steps. */
  private static final TrainerOptions OPTIONS = new TrainerOptions(10, 1e9);

  @Override
  public String name() {
    return "biggan-step";
  }

  @Override
  public String title() {
    return "one update of D and one of G, %dx%d RGB, %d features, median of n steps"
        .formatted(SIDE, SIDE, FEATURES);
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", 5, "ch", 16, "batch", (int) Math.max(2, 64 * scale));
  }

  @Override
  public Target target() {
    return Target.ratio(0.9);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(Peer.of("PyTorch eager", "biggan_step.py", "torch", "python3-torch"));
  }

  @Override
  public Work work(Map<String, Integer> sizes) {
    return Work.singles(2 * BigGanWork.of(config(sizes)).step(sizes.get("batch"), 1));
  }

  private static BigGanConfig config(Map<String, Integer> sizes) {
    return BigGanConfig.of(sizes.getOrDefault("side", SIDE), sizes.get("ch"))
        .withFeatures(FEATURES);
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    NativeThreads.set(order.threads());
    int batch = order.size("batch");
    BigGanConfig config = config(order.sizes());
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      InstanceConditionalGan gan =
          new InstanceConditionalGan(
              manager,
              config,
              IcGanTraining.reference(batch),
              SyntheticInstances.data(ROWS, config.resolution(), FEATURES, SEED),
              SEED);
      Trainer trainer = new Trainer(gan.system(), new NoCheckpoints(), OPTIONS);
      trainer.run(WARM_UP, () -> false, progress -> {});
      Stopwatch watch = new Stopwatch();
      for (int step = 1; step <= order.size("n"); step++) {
        long to = WARM_UP + step;
        watch.time(
            () -> {
              trainer.run(to, () -> false, progress -> {});
              return to;
            });
      }
      return watch.median(Map.of());
    }
  }
}
