package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import partita.models.layer.Layer;
import partita.models.random.CounterRandom;

/** The trainer on two toy networks that chase each other. */
class TrainerTest {
  private static final CounterRandom DATA = new CounterRandom(7, "data");

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void stepsCutIntoSittingsEqualOneRun() throws Exception {
    Trainer whole = trainer(new MemorySink());
    whole.run(20, () -> false, progress -> {});

    Trainer first = trainer(new MemorySink());
    first.run(7, () -> false, progress -> {});
    TrainingState cut = MemorySink.copy(first.state());
    Trainer second = trainer(new MemorySink());
    second.restore(cut);
    assertEquals(7, second.step());
    second.run(20, () -> false, progress -> {});

    assertSame(whole.state(), second.state());
    assertEquals(whole.curve().points(0), second.curve().points(0));
  }

  @Test
  void stopSavesTheFinishedStepsAndTheNextSittingGoesOn() throws Exception {
    MemorySink sink = new MemorySink();
    Trainer stopped = trainer(sink);
    AtomicInteger polls = new AtomicInteger();
    String message =
        assertThrows(
                InterruptedException.class,
                () -> stopped.run(20, () -> polls.incrementAndGet() > 5, progress -> {}))
            .getMessage();
    assertTrue(message.contains("after step 5 of 20"), message);
    assertEquals(5, sink.latest().orElseThrow().step());

    Trainer resumed = trainer(sink);
    resumed.restore(sink.latest().orElseThrow());
    resumed.run(20, () -> false, progress -> {});
    Trainer whole = trainer(new MemorySink());
    whole.run(20, () -> false, progress -> {});
    assertSame(whole.state(), resumed.state());
  }

  @Test
  void interruptedThreadStillSavesItsState() throws Exception {
    MemorySink sink = new MemorySink();
    Trainer trainer = trainer(sink);
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class,
        () -> trainer.run(20, () -> Thread.currentThread().isInterrupted(), progress -> {}));
    assertFalse(Thread.currentThread().isInterrupted());
    assertEquals(1, sink.saved.size());
  }

  @Test
  void interruptWhileDataIsReadEndsAsAnInterruption() {
    ToyLayer layer = layer("a");
    Update update =
        update(
            "a",
            layer,
            Cadence.EACH_STEP,
            position -> {
              throw new ClosedByInterruptException();
            });
    Trainer trainer =
        new Trainer(
            system(Map.of("a", layer), update), new MemorySink(), new TrainerOptions(5, 1e9));
    String message =
        assertThrows(InterruptedException.class, () -> trainer.run(20, () -> false, progress -> {}))
            .getMessage();
    assertTrue(message.contains("in step 0 of 20"), message);
  }

  @Test
  void stateThatIsAlreadyFurtherIsRefused() throws Exception {
    Trainer trainer = trainer(new MemorySink());
    trainer.run(3, () -> false, progress -> {});
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> trainer.run(2, () -> false, progress -> {}))
            .getMessage();
    assertEquals("Cannot train until step 2: the state is already after step 3", message);
  }

  @Test
  void lossThatIsNotANumberStopsAndNamesTheLastGoodCheckpoint() throws Exception {
    MemorySink sink = new MemorySink();
    ToyLayer layer = layer("a");
    Update update =
        update(
            "a",
            layer,
            Cadence.EACH_STEP,
            position -> {
              NDArray loss = layer.forward(batch(position)).square().mean();
              return new Losses(position.step() == 3 ? loss.mul(Float.NaN) : loss, Map.of());
            });
    Trainer trainer =
        new Trainer(system(Map.of("a", layer), update), sink, new TrainerOptions(5, 0));
    TrainingFailedException failure =
        assertThrows(
            TrainingFailedException.class, () -> trainer.run(20, () -> false, progress -> {}));
    assertEquals(
        "Cannot go on training after step 3: a is NaN. The last good checkpoint is of step 3",
        failure.getMessage());
    assertEquals(3, failure.step());
    assertEquals(3, sink.latest().orElseThrow().step());
  }

  @Test
  void weightThatIsNotFiniteIsNeverSaved() {
    MemorySink sink = new MemorySink();
    ToyLayer layer = layer("a");
    layer.parameters().get("weight").set(new float[] {1, 2, Float.POSITIVE_INFINITY, 4, 5, 6});
    Update update =
        update(
            "a",
            layer,
            Cadence.EACH_STEP,
            position -> new Losses(layer.parameters().get("weight").get("0:1").sum(), Map.of()));
    Trainer trainer =
        new Trainer(system(Map.of("a", layer), update), sink, new TrainerOptions(5, 0));
    TrainingFailedException failure =
        assertThrows(
            TrainingFailedException.class, () -> trainer.run(20, () -> false, progress -> {}));
    assertTrue(failure.getMessage().contains("a weight is NaN or infinite"), failure.getMessage());
    assertTrue(sink.saved.isEmpty());
  }

  @Test
  void watchThatObjectsStopsTheRun() {
    ToyLayer layer = layer("a");
    Update update =
        update(
            "a",
            layer,
            Cadence.EACH_STEP,
            position ->
                new Losses(
                    layer.forward(batch(position)).square().mean(),
                    Map.of("spread", manager.create(position.step() < 4 ? 1f : 0.001f))));
    TrainableSystem system =
        new TrainableSystem(
            Map.of("a", layer),
            List.of(update),
            List.of(),
            List.of(Watch.staysBelow("spread", 0.01, 3, "the generator has collapsed")));
    Trainer trainer = new Trainer(system, new MemorySink(), new TrainerOptions(5, 1e9));
    String message =
        assertThrows(
                TrainingFailedException.class, () -> trainer.run(20, () -> false, progress -> {}))
            .getMessage();
    assertTrue(message.contains("after step 6: spread is 0.00100000"), message);
    assertTrue(message.contains("for 3 steps: the generator has collapsed"), message);
    assertTrue(message.endsWith("There is no checkpoint yet"), message);
  }

  @Test
  void divergingLossIsNamedWithItsBound() {
    assertEquals(
        "D is 200.000, beyond the bound of 100.000; lower the learning rate",
        Watch.divergence(100).check(3, Map.of("D", 200.0)).orElseThrow());
    assertTrue(Watch.divergence(100).check(3, Map.of("D", -99.0)).isEmpty());
  }

  @Test
  void cadenceSaysWhichStepsRepeatsAndAccumulationsHappen() throws Exception {
    List<Position> seen = new ArrayList<>();
    ToyLayer layer = layer("a");
    Update update =
        update(
            "a",
            layer,
            new Cadence(2, 2, 3),
            position -> {
              seen.add(position);
              return new Losses(layer.forward(batch(position)).square().mean(), Map.of());
            });
    Trainer trainer =
        new Trainer(
            system(Map.of("a", layer), update), new MemorySink(), new TrainerOptions(5, 1e9));
    trainer.run(4, () -> false, progress -> {});
    assertEquals(12, seen.size());
    assertEquals(List.of(0L, 2L), seen.stream().map(Position::step).distinct().toList());
    for (int i = 0; i < seen.size(); i++) {
      assertEquals(i, seen.get(i).index());
    }
  }

  @Test
  void accumulatedGradientsEqualThoseOfOneLargeBatch() throws Exception {
    ToyLayer large = layer("a");
    ToyLayer small = layer("a");
    NDArray x =
        manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, new Shape(4, 3));
    Update once =
        update(
            "a",
            large,
            Cadence.EACH_STEP,
            position -> new Losses(large.forward(x).square().mean(), Map.of()));
    Update twice =
        update(
            "a",
            small,
            new Cadence(1, 1, 2),
            position -> {
              int row = 2 * position.accumulation();
              NDArray half = x.get(row + ":" + (row + 2));
              return new Losses(small.forward(half).square().mean(), Map.of());
            });
    TrainerOptions options = new TrainerOptions(1, 1e9);
    Trainer one = new Trainer(system(Map.of("a", large), once), new MemorySink(), options);
    Trainer two = new Trainer(system(Map.of("a", small), twice), new MemorySink(), options);
    one.run(3, () -> false, progress -> {});
    two.run(3, () -> false, progress -> {});
    assertArrayEquals(
        large.parameters().get("weight").toFloatArray(),
        small.parameters().get("weight").toFloatArray(),
        1e-6f);
    assertEquals(one.curve().points(0).get(0).value(), two.curve().points(0).get(0).value(), 1e-3);
  }

  @Test
  void averageIsACopyBeforeItsStartAndMovesSlowlyAfter() throws Exception {
    ToyLayer layer = layer("a");
    ExponentialAverage average = new ExponentialAverage("a", layer, 0.75, 1);
    NDArray weight = layer.parameters().get("weight");
    NDArray averaged = average.averages().get("weight");
    assertArrayEquals(weight.toFloatArray(), averaged.toFloatArray());
    weight.set(new float[] {4, 4, 4, 4, 4, 4});
    average.update(0);
    assertArrayEquals(new float[] {4, 4, 4, 4, 4, 4}, averaged.toFloatArray());
    weight.set(new float[] {8, 8, 8, 8, 8, 8});
    average.update(1);
    assertArrayEquals(new float[] {5, 5, 5, 5, 5, 5}, averaged.toFloatArray());
  }

  @Test
  void stateOfAnotherConfigurationIsRefusedByName() throws Exception {
    Trainer trainer = trainer(new MemorySink());
    TrainingState state = MemorySink.copy(trainer.state());
    List<NamedTensor> fewer = new ArrayList<>(state.tensors());
    fewer.removeIf(tensor -> tensor.name().equals("b/weight"));
    String missing =
        assertThrows(
                IllegalArgumentException.class, () -> trainer.restore(new TrainingState(fewer)))
            .getMessage();
    assertTrue(missing.contains("the state has no PARAMETER b/weight"), missing);
    List<NamedTensor> more = new ArrayList<>(state.tensors());
    more.add(NamedTensor.of(TensorRole.BUFFER, "c/passes", 1.0));
    String unexpected =
        assertThrows(IllegalArgumentException.class, () -> trainer.restore(new TrainingState(more)))
            .getMessage();
    assertTrue(unexpected.contains("[BUFFER c/passes]"), unexpected);
  }

  @Test
  void stepsLeaveNoArraysBehind() throws Exception {
    Trainer trainer = trainer(new MemorySink());
    trainer.run(2, () -> false, progress -> {});
    int before = manager.getManagedArrays().size();
    trainer.run(12, () -> false, progress -> {});
    assertEquals(before, manager.getManagedArrays().size());
  }

  @Test
  void progressEndsAtTheLastStepWithTheSpeedInImages() throws Exception {
    List<TrainingProgress> told = new ArrayList<>();
    Trainer trainer = trainer(new MemorySink());
    trainer.run(6, () -> false, told::add);
    TrainingProgress last = told.get(told.size() - 1);
    assertEquals(6, last.step());
    assertEquals(6, last.total());
    assertEquals(last.stepsPerSecond() * 8, last.imagesPerSecond(), 1e-6);
    assertEquals(List.of("a", "b", "distance"), last.losses().keySet().stream().sorted().toList());
  }

  /** Every saved tensor, byte for byte. */
  private static void assertSame(TrainingState expected, TrainingState actual) {
    assertEquals(expected.tensors().size(), actual.tensors().size());
    for (int i = 0; i < expected.tensors().size(); i++) {
      NamedTensor one = expected.tensors().get(i);
      NamedTensor other = actual.tensors().get(i);
      assertEquals(one.name(), other.name());
      assertArrayEquals(MemorySink.bytes(one), MemorySink.bytes(other), one.name());
    }
  }

  /** Network {@code a} approaches {@code b} in each step, {@code b} flees every third, twice. */
  private Trainer trainer(MemorySink sink) {
    ToyLayer a = layer("a");
    ToyLayer b = layer("b");
    Update chase =
        update(
            "a",
            a,
            Cadence.EACH_STEP,
            position -> {
              NDArray x = batch(position);
              NDArray distance = a.forward(x).sub(b.forward(x)).square().mean();
              return new Losses(distance, Map.of("distance", distance.sqrt()));
            });
    Update flee =
        update(
            "b",
            b,
            new Cadence(3, 2, 1),
            position -> {
              NDArray x = batch(position);
              return new Losses(a.forward(x).sub(b.forward(x)).square().mean().neg(), Map.of());
            });
    Map<String, Layer> networks = new LinkedHashMap<>();
    networks.put("a", a);
    networks.put("b", b);
    TrainableSystem system =
        new TrainableSystem(
            networks,
            List.of(chase, flee),
            List.of(new ExponentialAverage("a", a, 0.9, 4)),
            List.of());
    return new Trainer(system, sink, new TrainerOptions(5, 1e9));
  }

  private ToyLayer layer(String name) {
    ToyLayer layer = new ToyLayer(manager, 3, 2);
    layer.initialize(name.hashCode());
    return layer;
  }

  private Update update(String name, ToyLayer layer, Cadence cadence, Objective objective) {
    Map<String, NDArray> parameters = layer.parameters();
    Adam adam = new Adam(manager, parameters, AdamConfig.of(0.05));
    return new Update(
        name, parameters, adam, cadence, Schedule.CONSTANT, name.equals("a") ? 8 : 0, objective);
  }

  private static TrainableSystem system(Map<String, Layer> networks, Update update) {
    return new TrainableSystem(networks, List.of(update), List.of(), List.of());
  }

  private NDArray batch(Position position) {
    float[] values = new float[8 * 3];
    DATA.normals(position.step(), position.index(), values, 0, values.length);
    return manager.create(values, new Shape(8, 3));
  }
}
