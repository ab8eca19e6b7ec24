package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import partita.models.network.BigGanConfig;
import partita.models.op.NativeThreads;

class ClassDrawsTest {
  private static final int CLASSES = ToyInstances.CLASSES;
  private static final IcGanTraining TRAINING = IcGanTraining.reference(4);

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void realImagesComeWithTheirOwnLabelsOnceAnEpoch() throws Exception {
    // Labels that are rows tell which image was drawn.
    int[] rows = IntStream.range(0, ToyInstances.ROWS).toArray();
    PairDraws draws = draws(rows, ToyInstances.ROWS);
    Set<Long> seen = new HashSet<>();
    for (int index = 0; index < ToyInstances.ROWS / 4; index++) {
      PairDraws.Pairs pairs = draws.real(position(index));
      long[] labels = pairs.condition().labels().toLongArray();
      for (int i = 0; i < 4; i++) {
        assertTrue(seen.add(labels[i]));
        float[] image = pairs.images().get(i).toFloatArray();
        assertTrue(
            Arrays.equals(image, image(labels[i], false))
                || Arrays.equals(image, image(labels[i], true)));
      }
    }
    assertEquals(ToyInstances.ROWS, seen.size());
  }

  @Test
  void classesOfFakeImagesAreUniform() throws Exception {
    PairDraws draws = draws(ToyInstances.labels(), CLASSES);
    int[] counts = new int[CLASSES];
    for (int index = 0; index < 250; index++) {
      for (long label : draws.fake("G", position(index)).labels().toLongArray()) {
        counts[(int) label]++;
      }
    }
    for (int count : counts) {
      assertEquals(200, count, 50);
    }
    assertArrayEquals(
        draws.fake("G", position(3)).labels().toLongArray(),
        draws(ToyInstances.labels(), CLASSES).fake("G", position(3)).labels().toLongArray());
  }

  @Test
  void aStepWithClassesMovesBothNetworksWhateverElseTheyAreConditionedOn() throws Exception {
    NativeThreads.set(1);
    BigGanConfig config = BigGanConfig.of(32, 2).withImageChannels(1).withClasses(CLASSES);
    InstanceConditionalGan classes =
        new InstanceConditionalGan(manager, config, TRAINING, images(ToyInstances.labels()), 1);
    InstanceConditionalGan both =
        new InstanceConditionalGan(
            manager,
            config.withFeatures(ToyInstances.FEATURES),
            TRAINING,
            ToyInstances.data().withLabels(new Labels(ToyInstances.labels())),
            1);
    for (InstanceConditionalGan gan : new InstanceConditionalGan[] {classes, both}) {
      TrainableSystem system = gan.system();
      float[] shared = embedding(system, "generator", "shared.weight");
      float[] embed = embedding(system, "discriminator", "embed.weight");
      new Trainer(system, new MemorySink(), new TrainerOptions(5, 1e9))
          .run(1, () -> false, progress -> {});
      assertTrue(moved(shared, embedding(system, "generator", "shared.weight")) > 0);
      assertTrue(moved(embed, embedding(system, "discriminator", "embed.weight")) > 0);
    }
  }

  @Test
  void labelsThatTheNetworkDoesNotKnowAreRefused() {
    BigGanConfig config = BigGanConfig.of(32, 2).withImageChannels(1).withClasses(CLASSES);
    int[] labels = ToyInstances.labels();
    labels[7] = -1;
    assertMessage(
        "Cannot train on labels: image 7 has label -1, expected 0 to 4; label every image or"
            + " condition on instances alone",
        () -> new InstanceConditionalGan(manager, config, TRAINING, images(labels), 1));
    assertMessage(
        "Cannot train on classes: the network is conditioned on 5 classes and 4 features, expected"
            + " classes alone",
        () ->
            new InstanceConditionalGan(
                manager, config.withFeatures(4), TRAINING, images(ToyInstances.labels()), 1));
    assertMessage(
        "Cannot train: the network is conditioned on 5 classes, the data has no labels; give both"
            + " or neither",
        () ->
            new InstanceConditionalGan(
                manager, config.withFeatures(4), TRAINING, ToyInstances.data(), 1));
    assertMessage(
        "Cannot train on classes: found 3 labels for 24 images; run the stage that made them again",
        () -> images(new int[3]));
    assertMessage(
        "Cannot train on instances: found 3 labels for 24 images; run the stages that made them"
            + " again",
        () -> ToyInstances.data().withLabels(new Labels(new int[3])));
  }

  private static void assertMessage(String expected, Runnable action) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private static float[] embedding(TrainableSystem system, String network, String name) {
    return system.networks().get(network).parameters().get(name).toFloatArray();
  }

  private static double moved(float[] before, float[] after) {
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.abs(after[i] - before[i]);
    }
    return sum;
  }

  private float[] image(long row, boolean mirrored) throws Exception {
    return PixelBatch.load(
            manager, ToyInstances.images(), new long[] {row}, new boolean[] {mirrored})
        .toFloatArray();
  }

  private static LabeledImages images(int[] labels) {
    return new LabeledImages(ToyInstances.images(), new Labels(labels));
  }

  private PairDraws draws(int[] labels, int classes) {
    return new ClassDraws(manager, images(labels), classes, TRAINING, 1);
  }

  private static Position position(int index) {
    return Position.of(index, 0, 0, new Cadence(1, 1, 1));
  }
}
