package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.layer.Mode;
import partita.models.network.Condition;
import partita.models.op.NativeThreads;
import partita.models.train.LossCurve;
import partita.models.train.MemorySink;
import partita.models.train.NamedTensor;
import partita.models.train.Position;
import partita.models.train.TensorRole;
import partita.models.train.TrainableSystem;
import partita.models.train.Trainer;
import partita.models.train.TrainerOptions;

/**
 * Three steps of training against the PyTorch implementation of {@code mlp_gan.py}, in float64:
 * losses, gradients, weights, running statistics, outputs.
 */
class LabelGanReferenceTest {
  private static final long SEED = 7;
  private static final int STEPS = 3;
  private static final int LABELS = 3;
  private static final double BETA1 = 0.8;

  private final Map<String, double[]> golden = new HashMap<>();

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @ParameterizedTest
  @CsvSource({
    "unconditional, NONE, 1, 0",
    "packed, NONE, 3, 0",
    "packed-r1, NONE, 3, 2",
    "conditional, EMBEDDED, 1, 0",
    "conditional-r1, EMBEDDED, 1, 10",
    "mixture, MIXTURE, 1, 0",
    "mixture-r1, MIXTURE, 1, 0.5"
  })
  void lossesGradientsWeightsAndStatisticsAreTheReferences(
      String name, GanNetworks.Labeling labeling, int packing, double r1) throws Exception {
    read(name);
    boolean embedded = labeling == GanNetworks.Labeling.EMBEDDED;
    int labels = labeling == GanNetworks.Labeling.NONE ? 0 : LABELS;
    MlpNetworks networks = new MlpNetworks(labeling, labels, packing, 2, embedded ? 4 : 0, 6, 5, 3);
    LabelGanTraining training =
        new LabelGanTraining(8, 0.01, 0.02, BETA1, 0.999, 1e-3, r1, 0.125, 0, 0, 1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TrainableSystem system =
          new LabelGan(
                  manager,
                  networks,
                  training,
                  new GoldenData(),
                  embedded ? new GoldenLabels() : new Unlabeled(),
                  SEED)
              .system();
      system
          .networks()
          .forEach(
              (network, layer) ->
                  layer.load(arrays(manager, network, layer.parameters(), layer.buffers())));
      Trainer trainer = new Trainer(system, new MemorySink(), new TrainerOptions(1, 1e9));

      trainer.run(1, () -> false, progress -> {});
      assertGradients(trainer);
      trainer.run(STEPS, () -> false, progress -> {});
      assertLosses(trainer.curve().points(0));
      system
          .networks()
          .forEach(
              (network, layer) -> {
                layer
                    .parameters()
                    .forEach((own, array) -> assertArray("moved " + network + "/" + own, array));
                layer
                    .buffers()
                    .forEach((own, array) -> assertArray("moved " + network + "/" + own, array));
              });
      assertOutputs(manager, networks, system);
    }
  }

  private void assertGradients(Trainer trainer) {
    int compared = 0;
    for (NamedTensor tensor : trainer.state().of(TensorRole.OPTIMIZER).values()) {
      if (tensor.name().endsWith("/first")) {
        String own = tensor.name().substring(0, tensor.name().length() - "/first".length());
        double[] expected = golden.get("gradient " + own);
        FloatBuffer moments =
            ByteBuffer.wrap(MemorySink.bytes(tensor))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        double norm = Math.sqrt(Arrays.stream(expected).map(value -> value * value).sum());
        for (int i = 0; i < expected.length; i++) {
          assertEquals(
              expected[i], moments.get(i) / (1 - BETA1), 1e-6 + 1e-5 * norm, own + " at " + i);
        }
        compared++;
      }
    }
    assertEquals(
        golden.keySet().stream().filter(kind -> kind.startsWith("gradient")).count(), compared);
  }

  private void assertLosses(List<LossCurve.Point> points) {
    Map<String, Double> found = new HashMap<>();
    points.forEach(
        point -> found.put("loss." + (point.step() - 1) + " " + point.series(), point.value()));
    List<String> losses = golden.keySet().stream().filter(kind -> kind.startsWith("loss")).toList();
    assertTrue(losses.size() >= 2 * STEPS);
    for (String loss : losses) {
      double expected = golden.get(loss)[0];
      assertEquals(expected, found.get(loss), 1e-5 * Math.max(1, expected), loss);
    }
  }

  private void assertOutputs(NDManager manager, MlpNetworks networks, TrainableSystem system) {
    LabelGenerator generator = (LabelGenerator) system.networks().get(LabelGan.GENERATOR);
    LabelDiscriminator discriminator =
        (LabelDiscriminator) system.networks().get(LabelGan.DISCRIMINATOR);
    String last = "." + (STEPS - 1);
    Condition condition =
        networks.labeling() == GanNetworks.Labeling.NONE
            ? Condition.NONE
            : Condition.NONE.withLabels(manager.create(longs("labels" + last + " y")));
    int rows = golden.get("labels" + last + " y").length;
    float[] z =
        new partita.models.train.BatchRandom(rows, 1, SEED)
            .normals(2, "latent", position(STEPS - 1));
    assertArray(
        "output points",
        generator.forward(manager.create(z, new Shape(rows, 2)), condition, Mode.EVALUATION));
    NDArray features = discriminator.features(real(manager, STEPS - 1), Mode.EVALUATION);
    assertArray("output features", features);
    assertArray("output scores", discriminator.score(features, condition, Mode.EVALUATION));
  }

  private void assertArray(String name, NDArray found) {
    double[] expected = golden.get(name);
    float[] values = found.toFloatArray();
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    assertArrayEquals(expected, wide, 1e-5, name);
  }

  private void read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LabelGanReferenceTest.class.getResourceAsStream("mlp_gan.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(" "))
          .filter(fields -> fields[0].equals(name))
          .forEach(
              fields ->
                  golden.put(
                      fields[1] + " " + fields[2],
                      Arrays.stream(fields).skip(3).mapToDouble(Double::parseDouble).toArray()));
    }
  }

  @SafeVarargs
  private Map<String, NDArray> arrays(
      NDManager manager, String network, Map<String, NDArray>... all) {
    Map<String, NDArray> found = new LinkedHashMap<>();
    for (Map<String, NDArray> some : all) {
      some.forEach(
          (own, array) ->
              found.put(own, floats(manager, "start " + network + "/" + own, array.getShape())));
    }
    return found;
  }

  private NDArray floats(NDManager manager, String name, Shape shape) {
    double[] values = golden.get(name);
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return manager.create(narrow, shape);
  }

  private long[] longs(String name) {
    double[] values = golden.get(name);
    return LongStream.range(0, values.length).map(i -> (long) values[(int) i]).toArray();
  }

  private NDArray real(NDManager manager, long step) {
    String name = "real." + step + " x";
    return floats(manager, name, new Shape(golden.get(name).length / 2, 2));
  }

  private static Position position(long step) {
    return new Position(step, 0, 0, step);
  }

  private final class GoldenData implements RealData {
    @Override
    public long rows() {
      return 1000;
    }

    @Override
    public List<Integer> shape() {
      return List.of(2);
    }

    @Override
    public NDArray augmented(NDManager manager, long[] rows, Position position) {
      return real(manager, position.step());
    }

    @Override
    public NDArray plain(NDManager manager, long[] rows) {
      throw new UnsupportedOperationException();
    }
  }

  private final class GoldenLabels implements LabelSource {
    @Override
    public int labels() {
      return LABELS;
    }

    @Override
    public NDArray of(RealBatch batch, LabelDiscriminator live) {
      return batch.samples().getManager().create(longs("labels." + batch.position().step() + " y"));
    }
  }
}
