package partita.pipelines.bench;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.TreeMap;
import partita.models.gan.LabelGan;
import partita.models.gan.LabelGanTraining;
import partita.models.gan.MlpNetworks;
import partita.models.op.NativeThreads;
import partita.models.train.Trainer;
import partita.models.train.TrainerOptions;

/** Training with R1, which differentiates twice; the answer is the resident memory on the way. */
final class PenaltyWorkload implements Workload {
  static final String NAME = "r1-memory-steps";
  private static final int READINGS = 5;
  private static final TrainerOptions OPTIONS = new TrainerOptions(10, 1e9);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Work work(Map<String, Integer> sizes) {
    return Work.memory(0, sizes.get("n"));
  }

  /** Name of a reading's figure, in bytes; the first is after the warm-up. */
  static String reading(int index) {
    return "resident." + index;
  }

  static int readings() {
    return READINGS;
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    NativeThreads.set(order.threads());
    int steps = order.size("n");
    int warmUp = order.size("warmUp");
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LabelGan gan =
          new LabelGan(
              manager,
              MlpNetworks.conditional(MlpBenchmark.LABELS),
              LabelGanTraining.ofPoints().withR1(1),
              MlpBenchmark.points(),
              MlpBenchmark.labels(),
              MlpBenchmark.SEED);
      Trainer trainer = new Trainer(gan.system(), new NoCheckpoints(), OPTIONS);
      Map<String, Double> resident = new TreeMap<>();
      Stopwatch watch = new Stopwatch();
      for (int reading = 0; reading < READINGS; reading++) {
        long until = warmUp + (long) steps * reading / (READINGS - 1);
        watch.time(
            () -> {
              trainer.run(until, () -> false, progress -> {});
              return trainer.step();
            });
        resident.put(reading(reading), (double) Stopwatch.residentBytes());
      }
      return watch.median(resident);
    }
  }
}
