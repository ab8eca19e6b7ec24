package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.layer.Layer;
import partita.models.op.Gradients;
import partita.models.op.TorchScript;

/**
 * Exponential moving average of all parameters and buffers of a network, {@code a = decay a + (1 -
 * decay) w} after each step, in one native call. Before step {@code start} it is a copy, so that
 * the first random weights leave no trace (BigGAN: decay .9999 from step 20,000).
 */
public final class ExponentialAverage implements Follower {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def lerp(self: __torch__.Ops, averages: List[Tensor], values: List[Tensor], weight: float) -> Tensor:
              torch._foreach_lerp_(averages, values, weight)
              return averages[0]
            def copy(self: __torch__.Ops, averages: List[Tensor], values: List[Tensor]) -> Tensor:
              torch._foreach_copy_(averages, values)
              return averages[0]
          """);

  private final String name;
  private final double decay;
  private final long start;
  private final NDManager manager;
  private final Map<String, NDArray> averages = new LinkedHashMap<>();
  private final List<NDArray> values;

  /**
   * Starts as a copy of the network, whose manager owns it.
   *
   * @param name name of the network, which prefixes the saved names
   * @param decay in [0, 1)
   * @param start first step that is averaged instead of copied
   */
  public ExponentialAverage(String name, Layer network, double decay, long start) {
    if (!(decay >= 0 && decay < 1) || start < 0) {
      throw new IllegalArgumentException(
          "Cannot average with decay %s from step %d: expected a decay in [0, 1) and a step of at least 0"
              .formatted(decay, start));
    }
    this.name = name;
    this.decay = decay;
    this.start = start;
    this.manager = network.manager();
    Map<String, NDArray> all = network.parameters();
    all.putAll(network.buffers());
    this.values = List.copyOf(all.values());
    all.forEach((own, value) -> averages.put(own, manager.zeros(value.getShape())));
    run("copy", values);
  }

  /** The averages by the network's own names: parameters, then buffers. */
  public Map<String, NDArray> averages() {
    return Map.copyOf(averages);
  }

  @Override
  public void update(long step) {
    if (step < start) {
      run("copy", values);
    } else {
      run("lerp", values, 1 - decay);
    }
  }

  @Override
  public List<NamedTensor> state() {
    List<NamedTensor> tensors = new ArrayList<>();
    averages.forEach(
        (own, average) ->
            tensors.add(NamedTensor.of(TensorRole.AVERAGE, name + "/" + own, average)));
    return tensors;
  }

  @Override
  public void restore(Saved saved) {
    averages.forEach(
        (own, average) -> saved.take(TensorRole.AVERAGE, name + "/" + own).copyTo(average));
  }

  private void run(String method, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = List.copyOf(averages.values());
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (Gradients.Recording paused = Gradients.pause()) {
      OPS.run(manager, method, all).close();
    }
  }
}
