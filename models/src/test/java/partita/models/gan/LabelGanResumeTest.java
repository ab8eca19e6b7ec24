package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;
import partita.models.train.MemorySink;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.train.Trainer;
import partita.models.train.TrainingState;

/** Training that was cut goes on bit for bit, wherever its labels come from. */
class LabelGanResumeTest {
  private static final int CUT = 5;
  private static final int END = 8;

  /** The cluster that no point comes to is reseeded in the third step, before the cut. */
  private static final long MEMORY = 5;

  private static final long STARVED = 3;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  /** Ways to train. */
  enum Way {
    UNCONDITIONAL,
    PACKED,
    MIXTURE,
    FIXED,
    FIXED_R1,
    RANDOM,
    FROZEN,
    ONLINE;

    Trainer trainer(NDManager manager) {
      return ToyGan.trainer(
          manager,
          switch (this) {
            case UNCONDITIONAL ->
                new MlpNetworks(GanNetworks.Labeling.NONE, 0, 1, 2, 0, 6, ToyGan.FEATURES, 3);
            case PACKED ->
                new MlpNetworks(GanNetworks.Labeling.NONE, 0, 2, 2, 0, 6, ToyGan.FEATURES, 3);
            case MIXTURE ->
                new MlpNetworks(
                    GanNetworks.Labeling.MIXTURE, ToyGan.LABELS, 1, 2, 0, 6, ToyGan.FEATURES, 3);
            default -> ToyGan.CONDITIONAL;
          },
          ToyGan.training(this == FIXED_R1 ? 10 : 0, this == FIXED ? 0.9 : 0),
          switch (this) {
            case UNCONDITIONAL, PACKED, MIXTURE -> new Unlabeled();
            case FIXED, FIXED_R1 -> new FixedLabels(labels(), ToyGan.LABELS);
            case RANDOM -> new UniformLabels(ToyGan.LABELS, 3);
            case FROZEN -> new FrozenClusters(frozen(manager), centroids());
            case ONLINE -> new OnlineClusters(manager, centroids(), MEMORY, STARVED);
          });
    }

    private static int[] labels() {
      int[] labels = new int[ToyGan.ROWS];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = row % ToyGan.LABELS;
      }
      return labels;
    }

    private static LabelDiscriminator frozen(NDManager manager) {
      LabelDiscriminator frozen = ToyGan.CONDITIONAL.discriminator(manager);
      frozen.initialize(11);
      return frozen;
    }

    /** Two near the features of the first steps, and one that no point ever comes to. */
    private static ArrayRows centroids() {
      float[] values = new float[ToyGan.LABELS * ToyGan.FEATURES];
      for (int i = 0; i < ToyGan.FEATURES; i++) {
        values[i] = 0.1f;
        values[ToyGan.FEATURES + i] = 0.6f;
        values[2 * ToyGan.FEATURES + i] = 100;
      }
      return new ArrayRows(values, ToyGan.FEATURES);
    }
  }

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource
  void trainingThatWasCutEndsWithTheSameBits(Way way) throws Exception {
    Trainer whole = way.trainer(manager);
    whole.run(END, () -> false, progress -> {});
    Trainer resumed = resumed(way, cut(way, CUT));
    assertEquals(bits(whole.state()), bits(resumed.state()));
    assertEquals(whole.curve().points(0), resumed.curve().points(0));
  }

  @ParameterizedTest
  @CsvSource({"centroids, 5", "counts, 5", "unseen, 2", "reseeded, 5"})
  void leavingOutAPartOfTheOnlineClustersChangesTheEnd(String part, int cut) throws Exception {
    TrainingState fresh = MemorySink.copy(Way.ONLINE.trainer(manager).state());
    List<NamedTensor> tensors = new ArrayList<>();
    for (NamedTensor tensor : cut(Way.ONLINE, cut).tensors()) {
      boolean left = tensor.role() == TensorRole.CLUSTER && tensor.name().equals(part);
      tensors.add(left ? fresh.of(TensorRole.CLUSTER).get(part) : tensor);
    }
    Trainer whole = Way.ONLINE.trainer(manager);
    whole.run(END, () -> false, progress -> {});
    assertNotEquals(
        bits(whole.state()), bits(resumed(Way.ONLINE, new TrainingState(tensors)).state()));
  }

  @Test
  void onlineClustersBeginAsGivenAfterAWarmUpWithFixedLabels() throws Exception {
    Trainer online = Way.ONLINE.trainer(manager);
    online.restore(cut(Way.FIXED_R1, CUT));
    Map<String, Long> begun = bits(online.state());
    Map<String, Long> given = bits(Way.ONLINE.trainer(manager).state());
    for (String part : List.of("centroids", "counts", "unseen", "reseeded")) {
      assertEquals(given.get("CLUSTER " + part), begun.get("CLUSTER " + part), part);
    }
    assertNotEquals(
        given.get("PARAMETER discriminator/output.weight"),
        begun.get("PARAMETER discriminator/output.weight"));
  }

  @Test
  void stateOfOnlineClustersIsRefusedByTrainingWithFixedLabels() throws Exception {
    TrainingState online = cut(Way.ONLINE, CUT);
    Trainer fixed = Way.FIXED_R1.trainer(manager);
    String message =
        assertThrows(IllegalArgumentException.class, () -> fixed.restore(online)).getMessage();
    assertTrue(message.contains("CLUSTER centroids"), message);
  }

  private TrainingState cut(Way way, int steps) throws Exception {
    Trainer first = way.trainer(manager);
    first.run(steps, () -> false, progress -> {});
    return MemorySink.copy(first.state());
  }

  private Trainer resumed(Way way, TrainingState state) throws Exception {
    Trainer second = way.trainer(manager);
    second.restore(state);
    second.run(END, () -> false, progress -> {});
    return second;
  }

  private static Map<String, Long> bits(TrainingState state) {
    Map<String, Long> bits = new LinkedHashMap<>();
    for (NamedTensor tensor : state.tensors()) {
      CRC32 crc = new CRC32();
      crc.update(MemorySink.bytes(tensor));
      bits.put(tensor.role() + " " + tensor.name(), crc.getValue());
    }
    return bits;
  }
}
