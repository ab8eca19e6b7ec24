package partita.transforms.gan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.ShardInputs;
import partita.transforms.train.DelegatingWork;
import partita.transforms.train.TestStages;

/**
 * A JVM of its own that trains until it is killed. Prints {@code step} before each step and {@code
 * saved} after each checkpoint, one in {@link #STEPS_A_CHECKPOINT} steps however slow the machine.
 */
final class KilledTraining {
  static final int STEPS_A_CHECKPOINT = 5;

  private KilledTraining() {}

  /** Arguments: root of the store, name of the stage, number of steps. */
  public static void main(String[] args) throws Exception {
    TestStages stages = new TestStages(Path.of(args[0]), 0);
    Map<String, Manifest> inputs = new HashMap<>();
    for (String input : List.of("images", "features", "neighbors")) {
      inputs.put(input, stages.store().find(TestStages.key(input)).orElseThrow());
    }
    WorkArea work = new Talking(stages.store().work(TestStages.key(args[1])));
    task(Long.parseLong(args[2]))
        .run(0, stages.context(work, 7, 0, new ShardInputs(inputs, Map.of())));
    System.out.println("finished");
  }

  static TrainIcGanTask task(long steps) {
    return new TrainIcGanTask(IcGanChainTest.NETWORK, IcGanChainTest.TRAINING, 0, steps);
  }

  /**
   * Says what the trainer does with its work area, where it looks for a stop signal before each
   * step, and drops the states that fall between two checkpoints.
   */
  private static final class Talking extends DelegatingWork {
    private static final String CHECKPOINT = "checkpoint/";

    Talking(WorkArea work) {
      super(work);
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
      if (name.equals("stop")) {
        System.out.println("step");
      }
      return super.read(name);
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
      if (kept(name)) {
        super.write(name, content);
        if (name.startsWith(CHECKPOINT)) {
          System.out.println("saved");
        }
      }
    }

    @Override
    public void publish(String name, Path file) throws IOException {
      if (kept(name)) {
        super.publish(name, file);
      }
    }

    private static boolean kept(String name) {
      if (!name.startsWith(CHECKPOINT)) {
        return true;
      }
      String step = name.substring(CHECKPOINT.length(), name.indexOf('.'));
      return Long.parseLong(step) % STEPS_A_CHECKPOINT == 0;
    }
  }
}
