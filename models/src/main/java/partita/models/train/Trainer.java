package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import partita.models.layer.Layer;
import partita.models.op.Gradients;
import partita.models.op.TorchScript;

/**
 * Runs the steps of a system. The state after step n is a function of the system and n alone: it is
 * bit-identical however often training was killed, resumed from a checkpoint, or cut into segments.
 * One thread drives a trainer, and only one trainer may run in a JVM at a time, for recording of
 * gradients and thread counts are process-wide in the native engine.
 */
public final class Trainer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def share(self: __torch__.Ops, total: Tensor, parts: int) -> Tensor:
              return torch.div(total, parts)
            def add(self: __torch__.Ops, sums: List[Tensor], values: List[Tensor]) -> Tensor:
              torch._foreach_add_(sums, values, alpha=1)
              return sums[0]
            def finite(self: __torch__.Ops, arrays: List[Tensor]) -> Tensor:
              return torch.all(torch.isfinite(torch.stack(torch._foreach_norm(arrays, 2))))
          """);

  private final TrainableSystem system;
  private final CheckpointSink sink;
  private final TrainerOptions options;
  private final LossCurve curve;
  private OptionalLong lastGood = OptionalLong.empty();
  private long step;

  public Trainer(TrainableSystem system, CheckpointSink sink, TrainerOptions options) {
    this.system = system;
    this.sink = sink;
    this.options = options;
    this.curve = new LossCurve(options.curveWindow());
    system.updates().stream()
        .flatMap(update -> update.parameters().values().stream())
        .forEach(parameter -> parameter.setRequiresGradient(true));
  }

  /** Number of finished steps. */
  public long step() {
    return step;
  }

  /** The losses so far. */
  public LossCurve curve() {
    return curve;
  }

  /** Continues from a state of the same system; an error names what does not fit. */
  public void restore(TrainingState state) {
    try (Gradients.Recording paused = Gradients.pause()) {
      Saved saved = new Saved(state);
      system
          .networks()
          .forEach(
              (name, network) -> {
                restore(saved, TensorRole.PARAMETER, name, network.parameters());
                restore(saved, TensorRole.BUFFER, name, network.buffers());
              });
      system.followers().forEach(follower -> follower.restore(saved));
      system.updates().forEach(update -> update.optimizer().restore(update.name(), saved));
      curve.restore(saved);
      step = saved.take(TensorRole.STEP, TrainingState.STEP).longs()[0];
      saved.requireEmpty();
      lastGood = OptionalLong.of(step);
    }
  }

  /** The state now; its tensors are read when asked for, so ask before training goes on. */
  public TrainingState state() {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, Layer> network : system.networks().entrySet()) {
      save(tensors, TensorRole.PARAMETER, network.getKey(), network.getValue().parameters());
      save(tensors, TensorRole.BUFFER, network.getKey(), network.getValue().buffers());
    }
    system.followers().forEach(follower -> tensors.addAll(follower.state()));
    system.updates().forEach(update -> tensors.addAll(update.optimizer().state(update.name())));
    tensors.addAll(curve.state());
    tensors.add(NamedTensor.of(TensorRole.STEP, TrainingState.STEP, step));
    return new TrainingState(tensors);
  }

  /**
   * Trains until {@code to} steps are finished.
   *
   * @param stop polled before each step; when it says so, the state is saved first
   * @throws InterruptedException when stopped
   * @throws TrainingFailedException when a loss is not finite or a watch objects; the failed step
   *     is not saved
   */
  public void run(long to, BooleanSupplier stop, TrainingProgress.Listener listener)
      throws IOException, InterruptedException, TrainingFailedException {
    if (step > to) {
      throw new IllegalArgumentException(
          "Cannot train until step %d: the state is already after step %d".formatted(to, step));
    }
    Pace pace = new Pace(step, to, imagesAStep(), listener);
    long saved = System.nanoTime();
    while (step < to) {
      if (stop.getAsBoolean()) {
        // An interrupted thread cannot write to a file channel.
        Thread.interrupted();
        save();
        throw new InterruptedException(
            "Training stopped after step %d of %d; run again to continue".formatted(step, to));
      }
      try {
        pace.step(advance());
      } catch (ClosedByInterruptException e) {
        // The interrupt came while data was read or progress told, within a step.
        throw (InterruptedException)
            new InterruptedException(
                    "Training stopped in step %d of %d; run again to continue from the last checkpoint"
                        .formatted(step, to))
                .initCause(e);
      }
      if (System.nanoTime() - saved >= options.checkpointSeconds() * 1e9) {
        save();
        saved = System.nanoTime();
      }
    }
    requireFinite();
    pace.finish();
  }

  private void save() throws IOException, TrainingFailedException {
    requireFinite();
    sink.save(state());
    lastGood = OptionalLong.of(step);
  }

  private Map<String, Double> advance() throws IOException, TrainingFailedException {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (Update update : system.updates()) {
      if (update.cadence().due(step)) {
        for (int repeat = 0; repeat < update.cadence().repeats(); repeat++) {
          apply(update, repeat, losses);
        }
      }
    }
    for (Watch watch : system.watches()) {
      var wrong = watch.check(step, losses);
      if (wrong.isPresent()) {
        throw new TrainingFailedException(step, wrong.get(), lastGood);
      }
    }
    system.followers().forEach(follower -> follower.update(step));
    curve.add(step, losses);
    step++;
    return losses;
  }

  private void apply(Update update, int repeat, Map<String, Double> losses)
      throws IOException, TrainingFailedException {
    int accumulations = update.cadence().accumulations();
    double share = 1.0 / (accumulations * update.cadence().repeats());
    try (NDScope all = new NDScope()) {
      all.suppressNotUsedWarning();
      List<NDArray> sums = List.of();
      for (int accumulation = 0; accumulation < accumulations; accumulation++) {
        Position position = Position.of(step, repeat, accumulation, update.cadence());
        List<NDArray> gradients = gradients(update, position, share, losses);
        if (sums.isEmpty()) {
          sums = gradients;
        } else {
          add(sums, gradients);
        }
      }
      update.optimizer().update(sums, update.schedule().factor(step));
    }
  }

  /** Gradients of one micro-batch; everything else it computed is freed. */
  private List<NDArray> gradients(
      Update update, Position position, double share, Map<String, Double> losses)
      throws IOException, TrainingFailedException {
    List<NDArray> parameters = List.copyOf(update.parameters().values());
    List<NDArray> gradients;
    try (NDScope scope = new NDScope();
        Gradients.Recording recording = Gradients.record()) {
      scope.suppressNotUsedWarning();
      Losses found = update.objective().compute(position);
      record(update.name(), found.total(), share, losses);
      for (Map.Entry<String, NDArray> watched : found.watched().entrySet()) {
        record(watched.getKey(), watched.getValue(), share, losses);
      }
      NDArray total = found.total();
      NDArray own = OPS.run(total.getManager(), "share", total, update.cadence().accumulations());
      gradients = Gradients.of(own, parameters);
      gradients.forEach(NDScope::unregister);
    }
    gradients.forEach(NDScope::register);
    return gradients;
  }

  private void record(String name, NDArray loss, double share, Map<String, Double> losses)
      throws TrainingFailedException {
    double value = loss.getFloat();
    if (!Double.isFinite(value)) {
      throw new TrainingFailedException(step, name + " is " + value, lastGood);
    }
    losses.merge(name, value * share, Double::sum);
  }

  private static void add(List<NDArray> sums, List<NDArray> values) {
    try (Gradients.Recording paused = Gradients.pause()) {
      OPS.run(sums.get(0).getManager(), "add", sums, values);
      values.forEach(NDArray::close);
    }
  }

  private void requireFinite() throws TrainingFailedException {
    List<NDArray> arrays = new ArrayList<>();
    for (Layer network : system.networks().values()) {
      arrays.addAll(network.parameters().values());
      arrays.addAll(network.buffers().values());
    }
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      if (!OPS.run(arrays.get(0).getManager(), "finite", arrays).getBoolean()) {
        throw new TrainingFailedException(step, "a weight is NaN or infinite", lastGood);
      }
    }
  }

  private double imagesAStep() {
    return system.updates().stream()
        .mapToDouble(
            update ->
                (double) update.batch()
                    * update.cadence().repeats()
                    * update.cadence().accumulations()
                    / update.cadence().every())
        .sum();
  }

  private static void save(
      List<NamedTensor> tensors, TensorRole role, String network, Map<String, NDArray> arrays) {
    arrays.forEach((name, array) -> tensors.add(NamedTensor.of(role, network + "/" + name, array)));
  }

  private static void restore(
      Saved saved, TensorRole role, String network, Map<String, NDArray> arrays) {
    arrays.forEach((name, array) -> saved.take(role, network + "/" + name).copyTo(array));
  }
}
