package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import partita.models.op.NativeThreads;
import partita.models.train.MemorySink;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.train.Trainer;

/** What training refuses, keeps and leaves behind. */
class LabelGanTest {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void labelsOfAnotherNumberThanTheNetworksAreRefused() {
    assertEquals(
        "Cannot train: the data has 4 labels, the networks are conditioned on 3",
        refusal(ToyGan.CONDITIONAL, new UniformLabels(4, 1)));
    assertEquals(
        "Cannot train: the data has 0 labels, the networks are conditioned on 3",
        refusal(ToyGan.CONDITIONAL, new Unlabeled()));
    assertEquals(
        "Cannot train: the data has 3 labels, the networks are conditioned on 0",
        refusal(ofPaper(GanNetworks.Labeling.MIXTURE, 3, 1), new UniformLabels(3, 1)));
  }

  @Test
  void labelsOfOtherDataAreRefused() {
    String message = refusal(ToyGan.CONDITIONAL, new FixedLabels(new int[] {0, 1}, 3));
    assertTrue(message.contains("found 2 labels for 60 rows"), message);
  }

  @Test
  void averageIsKeptOnlyWhereItDecays() throws Exception {
    assertTrue(trainer(0, 0).state().of(TensorRole.AVERAGE).isEmpty());
    Trainer trainer = trainer(0, 0.5);
    trainer.run(2, () -> false, progress -> {});
    TensorRole role = TensorRole.AVERAGE;
    String bias = "generator/output.bias";
    float[] before = floats(trainer.state().of(role).get(bias));
    assertArrayEquals(floats(trainer.state().of(TensorRole.PARAMETER).get(bias)), before);
    trainer.run(3, () -> false, progress -> {});
    float[] now = floats(trainer.state().of(TensorRole.PARAMETER).get(bias));
    float[] averaged = floats(trainer.state().of(role).get(bias));
    for (int i = 0; i < now.length; i++) {
      assertEquals((before[i] + now[i]) / 2, averaged[i], 1e-6);
    }
  }

  @Test
  void batchCountsPacks() throws Exception {
    MlpNetworks packed =
        new MlpNetworks(GanNetworks.Labeling.NONE, 0, 4, 2, 0, 6, ToyGan.FEATURES, 3);
    CountedPoints counted = new CountedPoints(ToyGan.points());
    LabelGan gan =
        new LabelGan(manager, packed, ToyGan.training(0, 0), counted, new Unlabeled(), 5);
    new Trainer(gan.system(), new MemorySink(), ToyGan.OPTIONS).run(1, () -> false, progress -> {});
    assertEquals(List.of(32), counted.batches);
  }

  @Test
  void eachNumberOutOfRangeIsNamedAtOnce() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabelGanTraining(1, 0, -1, 1, 1, 0, -1, -2, 1, -1, 0))
            .getMessage();
    assertTrue(
        message.startsWith("Cannot train a GAN: batchSize is 1, expected at least 2"), message);
    for (String name :
        List.of(
            "generatorLearningRate",
            "discriminatorLearningRate",
            "beta1",
            "beta2",
            "epsilon",
            "r1Weight",
            "mixtureWeight",
            "averageDecay",
            "averageStart",
            "curveWindow")) {
      assertTrue(message.contains("; " + name + " is "), message);
    }
  }

  @Test
  void networksThatContradictThemselvesAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new MlpNetworks(GanNetworks.Labeling.EMBEDDED, 0, 2, 2, 0, 0, 5, 3))
            .getMessage();
    assertEquals(
        "Cannot build networks: labels is 0, expected at least 1 with labeling EMBEDDED; packing is"
            + " 2, expected at least 1, and 1 with labels since points of one pack have labels of"
            + " their own; embeddingWidth is 0, expected at least 1 with"
            + " labeling EMBEDDED; latentWidth, generatorWidth, discriminatorWidth and pieces are"
            + " 2, 0, 5 and 3, expected at least 1 each",
        message);
  }

  @Test
  void networksOfThePaperHaveItsSizes() {
    Map<String, NDArray> generator = MlpNetworks.conditional(50).generator(manager).parameters();
    assertEquals("(400, 34)", generator.get("hidden.0.weight").getShape().toString());
    assertEquals("(400, 400)", generator.get("hidden.3.weight").getShape().toString());
    assertEquals("(2, 400)", generator.get("output.weight").getShape().toString());
    assertEquals(
        // Embedding, four hidden layers with gain and bias, output.
        50 * 32 + 400 * 35 + 3 * 400 * 401 + 4 * 800 + 2 * 401,
        MlpNetworks.conditional(50).generator(manager).parameterCount());
    assertEquals(
        1000 * 3 + 2 * 1000 * 201 + 50 * 201,
        MlpNetworks.conditional(50).discriminator(manager).parameterCount());
    assertEquals(
        1000 * 9 + 2 * 1000 * 201 + 201,
        ofPaper(GanNetworks.Labeling.NONE, 0, 4).discriminator(manager).parameterCount());
    assertEquals(
        50 * 400 * 3 + 3 * 400 * 401 + 4 * 800 + 2 * 401,
        ofPaper(GanNetworks.Labeling.MIXTURE, 50, 1).generator(manager).parameterCount());
  }

  private static MlpNetworks ofPaper(GanNetworks.Labeling labeling, int labels, int packing) {
    return new MlpNetworks(labeling, labels, packing, 2, 0, 400, 200, 5);
  }

  /** The penalty is differentiated twice: a graph that holds itself would never be freed. */
  @EnabledOnOs(OS.LINUX)
  @Test
  void stepsWithAGradientPenaltyKeepNeitherArraysNorMemory() throws Exception {
    // A step computes about 6 MB, so that memory it kept would show.
    MlpNetworks wide =
        new MlpNetworks(GanNetworks.Labeling.EMBEDDED, ToyGan.LABELS, 1, 2, 4, 16, 128, 3);
    LabelGanTraining large =
        new LabelGanTraining(128, 1e-4, 1e-4, 0.8, 0.999, 1e-8, 10, 0, 0, 0, 4);
    Trainer trainer = ToyGan.trainer(manager, wide, large, new UniformLabels(ToyGan.LABELS, 1));
    trainer.run(5, () -> false, progress -> {});
    int arrays = manager.getManagedArrays().size();
    long before = residentMegabytes();
    trainer.run(25, () -> false, progress -> {});
    assertEquals(arrays, manager.getManagedArrays().size());
    long grown = residentMegabytes() - before;
    assertTrue(grown < 60, "resident memory grew by " + grown + " MB in 20 steps");
  }

  private Trainer trainer(double r1Weight, double averageDecay) {
    return ToyGan.trainer(
        manager,
        ToyGan.CONDITIONAL,
        ToyGan.training(r1Weight, averageDecay),
        new UniformLabels(ToyGan.LABELS, 1));
  }

  private String refusal(MlpNetworks networks, LabelSource labels) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> ToyGan.trainer(manager, networks, ToyGan.training(0, 0), labels))
        .getMessage();
  }

  private static float[] floats(NamedTensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.content().get().asFloatBuffer().get(values);
    return values;
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
