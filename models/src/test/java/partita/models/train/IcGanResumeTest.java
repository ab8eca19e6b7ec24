package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDManager;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import partita.models.network.BigGanConfig;
import partita.models.op.NativeThreads;

/**
 * A small BigGAN continues from its saved state bit for bit, and would not if any part of that
 * state were left out: the part is replaced by what a fresh system starts with, which is what a
 * resumed run would have if it were not saved.
 */
class IcGanResumeTest {
  private static final int CUT = 5;
  private static final int END = 9;
  private static final BigGanConfig CONFIG =
      BigGanConfig.of(32, 2).withImageChannels(1).withFeatures(ToyInstances.FEATURES);
  private static final IcGanTraining TRAINING =
      new IcGanTraining(
          IcGanTraining.Pairing.REFERENCE,
          4,
          2,
          1,
          1e-3,
          1e-3,
          0.5,
          0.999,
          1e-6,
          0.9,
          3,
          true,
          true,
          5);

  private static NDManager manager;
  private static TrainingState fresh;
  private static TrainingState cut;
  private static String expected;

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    NativeThreads.set(1);
    manager = NDManager.newBaseManager("PyTorch");
    Trainer trainer = trainer(5);
    fresh = MemorySink.copy(trainer.state());
    trainer.run(CUT, () -> false, progress -> {});
    cut = MemorySink.copy(trainer.state());
    trainer.run(END, () -> false, progress -> {});
    expected = weights(trainer.state());
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  @Test
  void resumedTrainingEndsWithTheSameBits() throws Exception {
    assertEquals(expected, resume(cut, END));
  }

  @Test
  void stepsLeaveNoArraysBehind() throws Exception {
    Trainer trainer = trainer(5);
    trainer.run(1, () -> false, progress -> {});
    int before = manager.getManagedArrays().size();
    trainer.run(3, () -> false, progress -> {});
    assertEquals(before, manager.getManagedArrays().size());
  }

  @Test
  void anotherSeedEndsWithOtherBits() throws Exception {
    Trainer other = trainer(6);
    other.run(END, () -> false, progress -> {});
    assertNotEquals(expected, weights(other.state()));
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        part("the spectral-norm vectors", buffer("u0")),
        part("the batch-norm means", buffer("stored_mean")),
        part("the batch-norm variances", buffer("stored_var")),
        part("the first moments", moment("first")),
        part("the second moments", moment("second")),
        part("the optimizer's step count", moment("steps")),
        part("the moving average", tensor -> tensor.role() == TensorRole.AVERAGE),
        part("the generator", tensor -> tensor.name().startsWith("generator/")),
        part("the discriminator", tensor -> tensor.name().startsWith("discriminator/")));
  }

  @ParameterizedTest(name = "without {0}")
  @MethodSource("parts")
  void leavingOutAPartOfTheStateChangesTheEnd(String name, Predicate<NamedTensor> left)
      throws Exception {
    List<NamedTensor> tensors = new ArrayList<>();
    int replaced = 0;
    for (int i = 0; i < fresh.tensors().size(); i++) {
      NamedTensor first = fresh.tensors().get(i);
      if (left.test(first)) {
        replaced++;
      }
    }
    for (NamedTensor tensor : cut.tensors()) {
      tensors.add(left.test(tensor) ? fresh.of(tensor.role()).get(tensor.name()) : tensor);
    }
    assertNotEquals(0, replaced);
    assertNotEquals(expected, resume(new TrainingState(tensors), END));
  }

  @Test
  void leavingOutTheDataPositionChangesTheEnd() throws Exception {
    List<NamedTensor> tensors = new ArrayList<>(cut.tensors());
    tensors.removeIf(tensor -> tensor.role() == TensorRole.STEP);
    tensors.addAll(fresh.of(TensorRole.STEP).values());
    // As many steps as were left, on the data of the first ones.
    assertNotEquals(expected, resume(new TrainingState(tensors), END - CUT));
  }

  private static Arguments part(String name, Predicate<NamedTensor> left) {
    return Arguments.of(name, left);
  }

  private static Predicate<NamedTensor> buffer(String suffix) {
    return tensor -> tensor.role() == TensorRole.BUFFER && tensor.name().endsWith("." + suffix);
  }

  private static Predicate<NamedTensor> moment(String suffix) {
    return tensor -> tensor.role() == TensorRole.OPTIMIZER && tensor.name().endsWith("/" + suffix);
  }

  private static String resume(TrainingState state, int end) throws Exception {
    Trainer trainer = trainer(5);
    trainer.restore(state);
    trainer.run(end, () -> false, progress -> {});
    return weights(trainer.state());
  }

  private static Trainer trainer(long seed) {
    InstanceConditionalGan gan =
        new InstanceConditionalGan(manager, CONFIG, TRAINING, ToyInstances.data(), seed);
    return new Trainer(gan.system(), new MemorySink(), new TrainerOptions(5, 1e9));
  }

  /** Digest of networks and average; the optimizer, curve and step are means to their end. */
  private static String weights(TrainingState state) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (TensorRole role : List.of(TensorRole.PARAMETER, TensorRole.BUFFER, TensorRole.AVERAGE)) {
      state.of(role).values().forEach(tensor -> sha256.update(MemorySink.bytes(tensor)));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
