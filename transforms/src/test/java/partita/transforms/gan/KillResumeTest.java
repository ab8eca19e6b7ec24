package partita.transforms.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.random.CounterRandom;
import partita.models.train.TrainingState;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.StopSignal;
import partita.transforms.train.DelegatingWork;
import partita.transforms.train.TestStages;
import partita.transforms.train.WorkCheckpoints;

/** A real, small BigGAN is killed or stopped between checkpoints and ends with the same bytes. */
class KillResumeTest {
  private static final int STEPS = 14;
  private static final int STEPS_PAST_CHECKPOINT = 3;

  @TempDir static Path root;

  private static TestStages stages;
  private static Map<String, Manifest> inputs;
  private static List<String> expected;

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    stages = new TestStages(root, 1e9);
    int rows = 24;
    int width = IcGanChainTest.NETWORK.featureWidth();
    float[] features = new float[rows * width];
    new CounterRandom(5, "features").normals(0, 0, features, 0, features.length);
    inputs =
        Map.of(
            "images", stages.images(rows, 2),
            "features", stages.features(rows, features),
            "neighbors", stages.neighbors(rows));
    expected = digests(resume(stages.store().work(TestStages.key("uninterrupted"))));
  }

  @Test
  void killedJvmIsResumedBitForBit() throws Exception {
    killBetweenCheckpoints("killed");
    WorkArea work = stages.store().work(TestStages.key("killed"));
    TrainingState state = new WorkCheckpoints(stages.store(), work).latest().orElseThrow();
    assertEquals(KilledTraining.STEPS_A_CHECKPOINT, state.step());
    Stopping counting = new Stopping(work, STEPS);
    assertEquals(expected, digests(resume(counting)));
    assertEquals(STEPS - KilledTraining.STEPS_A_CHECKPOINT, counting.steps);
  }

  @Test
  void stopSignalSavesEveryFinishedStep() throws Exception {
    WorkArea work = stages.store().work(TestStages.key("stopped"));
    assertThrows(InterruptedException.class, () -> resume(new Stopping(work, 9)));
    assertEquals(9, new WorkCheckpoints(stages.store(), work).latest().orElseThrow().step());
    StopSignal.lower(work);
    assertEquals(expected, digests(resume(work)));
  }

  private static List<FileEntry> resume(WorkArea work) throws Exception {
    return KilledTraining.task(STEPS)
        .run(0, stages.context(work, 7, 0, new ShardInputs(inputs, Map.of())))
        .files();
  }

  /** Counts the steps that look for a stop signal, and raises it before one of them. */
  private static final class Stopping extends DelegatingWork {
    private final int last;
    private int steps;

    Stopping(WorkArea work, int last) {
      super(work);
      this.last = last;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
      if (name.equals("stop") && steps++ == last) {
        StopSignal.raise(this);
      }
      return super.read(name);
    }
  }

  /** Kills a training in the third step after its first checkpoint. */
  private static void killBetweenCheckpoints(String name) throws Exception {
    Process process = start(name);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      int sinceSaved = -1;
      while (line != null && sinceSaved < STEPS_PAST_CHECKPOINT) {
        said.add(line);
        if (line.equals("saved")) {
          sinceSaved = 0;
        } else if (line.equals("step") && sinceSaved >= 0) {
          sinceSaved++;
        }
        line = lines.readLine();
      }
    } finally {
      process.toHandle().destroyForcibly();
    }
    assertEquals(128 + 9, process.waitFor(), () -> String.join("\n", said));
    assertFalse(said.contains("finished"));
  }

  private static Process start(String name) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Xmx"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledTraining.class.getName(),
            root.toString(),
            name,
            Integer.toString(STEPS)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .directory(new File(System.getProperty("java.io.tmpdir")))
        .start();
  }

  private static List<String> digests(List<FileEntry> files) {
    return files.stream().map(file -> file.name() + " " + file.sha256()).toList();
  }
}
